/** Mapping of responses to numbers: by value, and by area. */
import { childElement, childElements, type QtiElement } from '../paper/element.ts';
import { isNull, parseScalar, sameScalar, scalars, type BaseType, type Scalar, type Value } from './value.ts';

/**
 * Each value of a container counts once, whatever its number of occurrences, and each entry too; a value without entry maps to the
 * default, and so does NULL. Bounds apply to the sum.
 */
export function mapValue(value: Value, declaration: QtiElement): number | null {
  const mapping = childElement(declaration, 'qti-mapping');
  if (!mapping) return null;
  const baseType = (declaration.attributes['base-type'] ?? null) as BaseType | null;
  const usual = numberIn(mapping, 'default-value', 0);
  if (isNull(value)) return bounded(usual, mapping);
  const entries = childElements(mapping, 'qti-map-entry').map((entry) => ({
    key: parseScalar(entry.attributes['map-key'] ?? '', baseType),
    mapped: numberIn(entry, 'mapped-value', 0),
    // Case counts unless the entry says otherwise.
    folded: entry.attributes['case-sensitive'] === 'false',
  }));
  const fits = (one: Scalar, { key, folded }: (typeof entries)[number]): boolean =>
    key !== null &&
    (folded ? String(key).toLowerCase() === String(one).toLowerCase() : sameScalar(one, key, baseType));
  const distinct: Scalar[] = [];
  for (const one of scalars(value))
    if (!distinct.some((other) => sameScalar(one, other, baseType))) distinct.push(one);
  const hit = new Set<object>();
  let sum = 0;
  for (const one of distinct) {
    const entry = entries.find((candidate) => fits(one, candidate));
    if (!entry) sum += usual;
    else if (!hit.has(entry)) {
      hit.add(entry);
      sum += entry.mapped;
    }
  }
  return bounded(sum, mapping);
}

/**
 * A point belongs to the first area that holds it; each area counts once, however many points fall into it; a point outside of all
 * areas maps to the default, and so does NULL. Bounds apply to the sum.
 */
export function mapPoint(value: Value, declaration: QtiElement): number | null {
  const mapping = childElement(declaration, 'qti-area-mapping');
  if (!mapping) return null;
  const usual = numberIn(mapping, 'default-value', 0);
  if (isNull(value)) return bounded(usual, mapping);
  const areas = childElements(mapping, 'qti-area-map-entry');
  const hit = new Set<QtiElement>();
  let sum = 0;
  for (const point of scalars(value)) {
    const area = areas.find((one) =>
      insideShape(String(point), one.attributes['shape'] ?? '', one.attributes['coords'] ?? ''),
    );
    if (!area) sum += usual;
    else if (!hit.has(area)) {
      hit.add(area);
      sum += numberIn(area, 'mapped-value', 0);
    }
  }
  return bounded(sum, mapping);
}

function numberIn(element: QtiElement, name: string, usual: number): number {
  const text = element.attributes[name];
  const number = text === undefined ? null : parseScalar(text, 'float');
  return typeof number === 'number' ? number : usual;
}

function bounded(sum: number, mapping: QtiElement): number {
  const low = numberIn(mapping, 'lower-bound', -Infinity);
  const high = numberIn(mapping, 'upper-bound', Infinity);
  return Math.min(Math.max(sum, low), high);
}

/** Shapes as in HTML image maps: `rect` left,top,right,bottom; `circle` x,y,r; `ellipse` x,y,h,v; `poly`; `default` is everywhere. */
export function insideShape(point: string, shape: string, coords: string): boolean {
  const [x, y] = point.trim().split(/\s+/).map(Number) as [number, number];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  const c = coords
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
  const at = (i: number): number => c[i] ?? Number.NaN;
  switch (shape) {
    case 'default':
      return true;
    case 'rect':
      return x >= at(0) && x <= at(2) && y >= at(1) && y <= at(3);
    case 'circle':
      return (x - at(0)) ** 2 + (y - at(1)) ** 2 <= at(2) ** 2;
    case 'ellipse':
      return ((x - at(0)) / at(2)) ** 2 + ((y - at(1)) / at(3)) ** 2 <= 1;
    case 'poly': {
      let inside = false;
      const n = Math.floor(c.length / 2);
      for (let i = 0, j = n - 1; i < n; j = i++) {
        const [xi, yi, xj, yj] = [at(2 * i), at(2 * i + 1), at(2 * j), at(2 * j + 1)];
        const cross = (x - xi) * (yj - yi) - (y - yi) * (xj - xi);
        if (
          cross === 0 &&
          Math.min(xi, xj) <= x &&
          x <= Math.max(xi, xj) &&
          Math.min(yi, yj) <= y &&
          y <= Math.max(yi, yj)
        )
          return true;
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
      }
      return inside;
    }
    default:
      return false;
  }
}
