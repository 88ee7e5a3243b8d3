// Tools keep caches in the user's home. In a container the user may have none, or one that cannot be written.
"use strict";

const { accessSync, constants, existsSync, statSync } = require("node:fs");
const { homedir } = require("node:os");
const { dirname, join } = require("node:path");

const ours = join(__dirname, "../../.cache/home");

/** Whether a folder can be written, or made. */
function isWritable(folder) {
  if (!existsSync(folder)) return dirname(folder) !== folder && isWritable(dirname(folder));
  try {
    accessSync(folder, constants.W_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

/** @returns nothing where neither HOME nor the system's list of users has one */
function homeOfUser() {
  try {
    return homedir();
  } catch {
    return "";
  }
}

/** Gives this process, and all it starts, a home where there is none, and a folder for caches where that has none. */
function ensureHome(variables = process.env, home = homeOfUser()) {
  if (home === "") variables.HOME = ours;
  if (!isWritable(variables.XDG_CACHE_HOME || join(home || ours, ".cache")))
    variables.XDG_CACHE_HOME = join(ours, ".cache");
}

module.exports = { ensureHome, isWritable };
