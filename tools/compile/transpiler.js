// ts-node's transpiler (tsconfig.json): SWC with the settings of .swcrc, which Jest compiles with as well.
"use strict";

const { transformSync } = require("@swc/core");

exports.create = () => ({
  transpile(input, { fileName }) {
    const { code, map } = transformSync(input, { filename: fileName, sourceMaps: true });
    return { outputText: code, sourceMapText: map };
  },
});
