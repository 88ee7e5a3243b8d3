// ts-node's transpiler (tsconfig.json): SWC with the settings of .swcrc, which Jest compiles with as well.
"use strict";

const { join } = require("node:path");
const { transformSync } = require("@swc/core");

const configFile = join(__dirname, "../../.swcrc");

exports.create = () => ({
  transpile(input, { fileName }) {
    const { code, map } = transformSync(input, {
      filename: fileName,
      configFile,
      swcrc: false,
      sourceMaps: true,
    });
    return { outputText: code, sourceMapText: map };
  },
});
