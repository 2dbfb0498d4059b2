/** How `qti-printed-variable` writes a value: formats are those of C's printf, as far as QTI takes them. */
import { scalars, type Scalar, type Value } from '../../../exam/expression/value.ts';

type Attributes = Readonly<Record<string, string>>;

/** @param attributes `format`, `base`, `power-form`, `field`, `index`, `delimiter`, `mapping-indicator`. */
export function printed(value: Value, attributes: Attributes): string {
  if (value.content === null) return '';
  if (value.cardinality === 'record') return printedRecord(value, attributes);
  const all = scalars(value).map((one) => printedScalar(one, value, attributes));
  const index = Number(attributes['index'] ?? Number.NaN);
  if (value.cardinality === 'ordered' && Number.isInteger(index)) return all[index - 1] ?? '';
  return all.join(attributes['delimiter'] ?? '; ');
}

function printedRecord(value: Value, attributes: Attributes): string {
  const fields = value.content as Readonly<Record<string, Value>>;
  const wanted = attributes['field'];
  if (wanted !== undefined) return fields[wanted] ? printed(fields[wanted], attributes) : '';
  const between = attributes['mapping-indicator'] ?? '=';
  return Object.entries(fields)
    .map(([name, field]) => `${name}${between}${printed(field, attributes)}`)
    .join(attributes['delimiter'] ?? '; ');
}

function printedScalar(one: Scalar, { baseType }: Value, attributes: Attributes): string {
  if (typeof one !== 'number') return String(one);
  const format = attributes['format'];
  if (format !== undefined) return formatted(one, format);
  const base = Number(attributes['base'] ?? 10);
  return baseType === 'integer' && base >= 2 && base <= 36 ? one.toString(base) : String(one);
}

/** One number by a printf format, with the text around it; an unreadable format prints the number as it is. */
export function formatted(number: number, format: string): string {
  const [whole, flags = '', width = '0', precision, type = ''] =
    /%([-+ 0#]*)(\d*)(?:\.(\d+))?([diufFeEgGrRxXo])/.exec(format) ?? [];
  if (whole === undefined) return String(number);
  const digits = converted(Math.abs(number), type, precision === undefined ? null : Number(precision));
  const sign = number < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const room = Number(width) - sign.length;
  const filled = flags.includes('-')
    ? `${sign}${digits}`.padEnd(Number(width))
    : flags.includes('0')
      ? `${sign}${digits.padStart(room, '0')}`
      : `${sign}${digits}`.padStart(Number(width));
  return format.replace(whole, () => filled).replaceAll('%%', '%');
}

function converted(number: number, type: string, precision: number | null): string {
  switch (type) {
    case 'f':
    case 'F':
      return number.toFixed(precision ?? 6);
    case 'e':
    case 'E':
      return exponent(number.toExponential(precision ?? 6), type);
    case 'x':
      return Math.trunc(number).toString(16);
    case 'X':
      return Math.trunc(number).toString(16).toUpperCase();
    case 'o':
      return Math.trunc(number).toString(8);
    case 'd':
    case 'i':
    case 'u':
      return String(Math.trunc(number)).padStart(precision ?? 0, '0');
    default:
      return shortest(number, type, precision);
  }
}

/** `%g`: significant figures without zeros at the end; `%r` of QTI keeps them. */
function shortest(number: number, type: string, precision: number | null): string {
  const figures = Math.max(1, precision ?? 6);
  const power = number === 0 ? 0 : Number(number.toExponential(figures - 1).split('e')[1]);
  const keep = type === 'r' || type === 'R';
  const text =
    power < -4 || power >= figures
      ? number.toExponential(figures - 1)
      : number.toFixed(Math.max(0, figures - 1 - power));
  const [mantissa = '', exponentPart] = text.split('e');
  const short = keep || !mantissa.includes('.') ? mantissa : mantissa.replace(/\.?0+$/, '');
  return exponentPart === undefined
    ? short
    : exponent(`${short}e${exponentPart}`, type === 'G' || type === 'R' ? 'E' : 'e');
}

/** C writes two digits of an exponent at least. */
function exponent(text: string, letter: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2').replace('e', letter);
}
