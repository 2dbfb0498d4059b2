/** Mapping of responses to numbers: by value, and by area. */
import { childElement, childElements, type QtiElement } from '../paper/element.ts';
import { isNull, parseScalar, sameScalar, scalars, type BaseType, type Scalar, type Value } from './value.ts';

/** Each value of a container counts once, whatever its number of occurrences; bounds apply to the sum. NULL maps to the default of nothing: 0. */
export function mapValue(value: Value, declaration: QtiElement): number | null {
  const mapping = childElement(declaration, 'qti-mapping');
  if (!mapping) return null;
  const baseType = (declaration.attributes['base-type'] ?? null) as BaseType | null;
  const usual = Number(mapping.attributes['default-value'] ?? 0);
  const entries = childElements(mapping, 'qti-map-entry').map((entry) => ({
    key: parseScalar(entry.attributes['map-key'] ?? '', baseType),
    mapped: Number(entry.attributes['mapped-value'] ?? 0),
    // Case counts unless the entry says otherwise.
    folded: entry.attributes['case-sensitive'] === 'false',
  }));
  const distinct: Scalar[] = [];
  for (const one of isNull(value) ? [] : scalars(value))
    if (!distinct.some((other) => sameScalar(one, other, baseType))) distinct.push(one);
  const sum = distinct.reduce<number>((total, one) => {
    const entry = entries.find(
      ({ key, folded }) =>
        key !== null &&
        (folded ? String(key).toLowerCase() === String(one).toLowerCase() : sameScalar(one, key, baseType)),
    );
    return total + (entry?.mapped ?? usual);
  }, 0);
  return bounded(sum, mapping);
}

/** Each area counts once, however many points fall into it; a point outside of all areas maps to the default. */
export function mapPoint(value: Value, declaration: QtiElement): number | null {
  const mapping = childElement(declaration, 'qti-area-mapping');
  if (!mapping) return null;
  const areas = childElements(mapping, 'qti-area-map-entry');
  const usual = Number(mapping.attributes['default-value'] ?? 0);
  const hit = new Set<QtiElement>();
  let sum = 0;
  for (const point of isNull(value) ? [] : scalars(value)) {
    const area = areas.find((one) =>
      insideShape(String(point), one.attributes['shape'] ?? '', one.attributes['coords'] ?? ''),
    );
    if (!area) sum += usual;
    else if (!hit.has(area)) {
      hit.add(area);
      sum += Number(area.attributes['mapped-value'] ?? 0);
    }
  }
  return bounded(sum, mapping);
}

function bounded(sum: number, mapping: QtiElement): number {
  const [low, high] = [mapping.attributes['lower-bound'], mapping.attributes['upper-bound']];
  const raised = low === undefined ? sum : Math.max(sum, Number(low));
  return high === undefined ? raised : Math.min(raised, Number(high));
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
