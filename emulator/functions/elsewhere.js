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
