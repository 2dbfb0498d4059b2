import { accommodationsSchema, type Accommodations } from '../../exam/accommodation/accommodations.ts';

/** As a candidate's row holds them; null: none. */
export function keptAccommodations(json: string | null): Accommodations | null {
  return json === null ? null : accommodationsSchema.parse(JSON.parse(json));
}
