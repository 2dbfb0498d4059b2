/** FLAC's fixed predictors (RFC 9639, 9.2.5): each sample from the ones before it, by a polynomial of order 0 to 4; what is kept is the difference. */
export const highestOrder = 4;

/** @returns residuals of the order whose differences are smallest; the first `order` of them are not meant. */
export function predict(samples: Int16Array): { readonly order: number; readonly residual: Int32Array } {
  let residual = Int32Array.from(samples);
  let best = { order: 0, residual, sum: absoluteSum(residual, highestOrder) };
  for (let order = 1; order <= Math.min(highestOrder, samples.length - 1); order++) {
    // The differences of an order are those of the one below it, differenced once more.
    const next = new Int32Array(residual.length);
    for (let i = order; i < next.length; i++) next[i] = (residual[i] as number) - (residual[i - 1] as number);
    residual = next;
    const sum = absoluteSum(residual, highestOrder);
    if (sum < best.sum) best = { order, residual, sum };
  }
  return best;
}

/** From the same sample on for every order, so that their sums can be compared. */
function absoluteSum(residual: Int32Array, from: number): number {
  let sum = 0;
  for (let i = from; i < residual.length; i++) sum += Math.abs(residual[i] as number);
  return sum;
}
