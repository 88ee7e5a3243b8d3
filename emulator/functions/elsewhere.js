/**
 * Lets `fetch` find at other addresses what stands on the Internet: MLOPS_ELSEWHERE has them as JSON, by origin. The function does not
 * see the variable. Only `fetch` is told, not `node:http`.
 */
exports.redirectElsewhere = (environment) => {
  const places = JSON.parse(environment.MLOPS_ELSEWHERE ?? "{}");
  delete environment.MLOPS_ELSEWHERE;
  if (Object.keys(places).length === 0) return;
  const { fetch } = globalThis;
  globalThis.fetch = (resource, options) => {
    const url = new URL(String(resource));
    const place = places[url.origin];
    return fetch(place === undefined ? resource : new URL(url.pathname + url.search, place), options);
  };
};

/**
 * Refuses to `fetch` what the function does not reach from its network, which on AWS would hang: MLOPS_OUT_OF_REACH has the reasons as
 * JSON, by origin, and for all other hosts. The function does not see the variable. Only `fetch` is told; AWS's SDK is refused by local AWS.
 */
exports.refuseUnreachable = (environment) => {
  const reasons = JSON.parse(environment.MLOPS_OUT_OF_REACH ?? "{}");
  delete environment.MLOPS_OUT_OF_REACH;
  if (Object.values(reasons).every((reason) => reason === null)) return;
  const { fetch } = globalThis;
  globalThis.fetch = async (resource, options) => {
    const { origin, hostname } = new URL(String(resource?.url ?? resource));
    const reason = hostname === "127.0.0.1" ? null : origin in reasons ? reasons[origin] : reasons["*"];
    if (reason === null) return fetch(resource, options);
    console.error(`On AWS this would hang: ${reason}`);
    throw new TypeError("fetch failed", { cause: new Error(reason) });
  };
};
