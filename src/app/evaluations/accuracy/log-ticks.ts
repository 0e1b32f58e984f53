/** From dense to sparse: what of every power of ten is named. */
const MANTISSAS: readonly (readonly number[])[] = [[1, 2, 3, 5], [1, 2, 5], [1, 3], [1]];

/**
 * Round numbers within [low, high], both above 0, at most `most` of them, for an
 * axis with a logarithmic scale. As many as fit of the kinds that people read at a glance.
 */
export function logTicks(low: number, high: number, most: number): number[] {
  const decades = { from: Math.floor(Math.log10(low)), to: Math.ceil(Math.log10(high)) };
  const ticksOf = (mantissas: readonly number[], every: number) => {
    const ticks: number[] = [];
    for (let power = decades.from; power <= decades.to; power++) {
      if (power % every !== 0) continue;
      for (const mantissa of mantissas) {
        const tick = Number(`${mantissa}e${power}`);
        if (tick >= low && tick <= high) ticks.push(tick);
      }
    }
    return ticks;
  };
  for (const mantissas of MANTISSAS) {
    const ticks = ticksOf(mantissas, 1);
    if (ticks.length <= most) return ticks;
  }
  return ticksOf([1], Math.ceil((decades.to - decades.from) / most));
}
