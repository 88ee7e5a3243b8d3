/**
 * What makes XGBoost's threads sleep while they wait for one another. By default they turn instead, and on a machine that does
 * other work too, a training of a tenth of a second takes seconds of every core.
 * https://gcc.gnu.org/onlinedocs/libgomp/OMP_005fWAIT_005fPOLICY.html
 */
export const threadsThatSleep = { OMP_WAIT_POLICY: "PASSIVE" } as const;
