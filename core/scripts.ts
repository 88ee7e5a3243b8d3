/*
 * Scripts of a model lie in its account's data bucket at `<model>/scripts/<hash>/<name>`. The hash is of the content, so that an
 * execution that was started keeps the script it was started with.
 */

/** Prefix of all versions of all scripts of a model. */
export const scriptsFolder = (model: string): string => `${model}/scripts/`;

/** @param hash 12 hexadecimal digits */
export const scriptKey = (model: string, hash: string, name: string): string =>
  `${scriptsFolder(model)}${hash}/${name}`;

/** `s3://<bucket>/<model>/scripts/<hash>/…`, anywhere in a text. */
export const scriptUri = /s3:\/\/[^/\s"]+\/[^/\s"]+\/scripts\/[0-9a-f]{12}\/[^\s"\\]*/g;

/**
 * Of an S3 URI of a script, that of all its versions: a role that may read them all is in no need of a change when a script
 * changes. Any other URI as it is.
 */
export const withoutVersion = (uri: string): string =>
  uri.replace(/^(s3:\/\/[^/]+\/[^/]+\/scripts\/)[0-9a-f]{12}\/.*$/, "$1");
