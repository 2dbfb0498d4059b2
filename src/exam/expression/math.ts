export function mathConstant(name: string): number | null {
  return name === 'pi' ? Math.PI : name === 'e' ? Math.E : null;
}

const one: Record<string, (a: number) => number> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  sec: (a) => 1 / Math.cos(a),
  csc: (a) => 1 / Math.sin(a),
  cot: (a) => 1 / Math.tan(a),
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  asec: (a) => Math.acos(1 / a),
  acsc: (a) => Math.asin(1 / a),
  acot: (a) => Math.atan(1 / a),
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  sech: (a) => 1 / Math.cosh(a),
  csch: (a) => 1 / Math.sinh(a),
  coth: (a) => 1 / Math.tanh(a),
  log: Math.log10,
  ln: Math.log,
  exp: Math.exp,
  abs: Math.abs,
  signum: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  toDegrees: (a) => (a * 180) / Math.PI,
  toRadians: (a) => (a * Math.PI) / 180,
};

/** @returns null where the function has no value there. */
export function mathOperator(name: string, operands: readonly number[]): number | null {
  const [a, b] = operands;
  if (a === undefined) return null;
  const result =
    name === 'atan2' ? (b === undefined ? Number.NaN : Math.atan2(a, b)) : (one[name]?.(a) ?? Number.NaN);
  return Number.isFinite(result) ? result : null;
}

export function statsOperator(name: string, all: readonly number[]): number | null {
  if (all.length === 0) return null;
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  const squares = all.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  switch (name) {
    case 'mean':
      return mean;
    case 'sampleVariance':
      return all.length < 2 ? null : squares / (all.length - 1);
    case 'sampleSD':
      return all.length < 2 ? null : Math.sqrt(squares / (all.length - 1));
    case 'popVariance':
      return squares / all.length;
    case 'popSD':
      return Math.sqrt(squares / all.length);
    default:
      return null;
  }
}

/**
 * By the deciding digit of the decimal number, whatever its sign: 5 or more raises the digit before it, so -1.25 becomes -1.3.
 * @returns null when there is no such rounding (no significant figure, a negative number of places).
 */
export function roundTo(value: number, mode: string, figures: number): number | null {
  if (figures < (mode === 'decimalPlaces' ? 0 : 1)) return null;
  if (value === 0) return 0;
  const [digits = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  // Moves the decimal point in the written number: multiplying would bring in another rounding.
  const shift = mode === 'decimalPlaces' ? figures : figures - 1 - Number(exponent);
  const shifted = Number(`${digits}e${Number(exponent) + shift}`);
  if (!Number.isFinite(shifted)) return value;
  const [rounded = '', up = '0'] = Math.floor(shifted + 0.5)
    .toExponential()
    .split('e');
  return Math.sign(value) * Number(`${rounded}e${Number(up) - shift}`);
}

export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

export function lcm(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : Math.abs((a / gcd(a, b)) * b);
}
