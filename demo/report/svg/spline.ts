export interface Point {
  readonly x: number;
  readonly y: number;
}

const samples = 16;

/** The point of a cubic Bézier spline (3n + 1 points) that lies half of its length from its begin. */
export function halfWay(spline: readonly Point[]): Point {
  const way = sampled(spline);
  const lengths = way.map((point, at) => distance(point, way[at - 1] ?? point));
  const half = lengths.reduce((sum, length) => sum + length, 0) / 2;
  let gone = 0;
  for (const [at, point] of way.entries()) {
    gone += lengths[at] ?? 0;
    if (gone >= half) return point;
  }
  return { x: 0, y: 0 };
}

function sampled(spline: readonly Point[]): Point[] {
  const curves = Math.floor((spline.length - 1) / 3);
  return Array.from({ length: Math.max(0, curves * samples) + 1 }, (_, at) => {
    const curve = Math.min(Math.floor(at / samples), curves - 1);
    return pointOn(spline.slice(3 * curve, 3 * curve + 4), at / samples - curve);
  });
}

function pointOn([p = { x: 0, y: 0 }, q = p, r = q, s = r]: readonly Point[], share: number): Point {
  const rest = 1 - share;
  const along = (axis: "x" | "y") =>
    rest ** 3 * p[axis] +
    3 * rest ** 2 * share * q[axis] +
    3 * rest * share ** 2 * r[axis] +
    share ** 3 * s[axis];
  return { x: along("x"), y: along("y") };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
