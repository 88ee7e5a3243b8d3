// `node jenkins/logged.js COMMAND…`: runs a command; what it prints also goes to the log group jenkins-log of each
// account that Jenkins applies to. Exits as the command does.
"use strict";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true"; // package.json says which Node.js we support
require("../tools/compile/require-program").requireProgram(require.resolve("./logged/main.ts"));
