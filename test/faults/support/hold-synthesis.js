// Loaded into every Node.js process of a command: the one that synthesises says in a file that it runs, and goes no further.
if (process.env.CDKTF_OUTDIR) {
  require("node:fs").writeFileSync(process.env.MLOPS_TEST_SYNTHESISING, "");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
