/** Which programs the centre gives out, as it said last: kept, because without a network it holds all the same. */
import { newestProgramsSchema, type NewestPrograms } from '../../exam/distribution/listed.ts';
import type { Refusal } from '../../base/result.ts';
import { olderProgram } from '../../node/older-program.ts';
import { roomRows, statusesOf, type Site } from '../site.ts';

/** @param programs null: it gives none out (any more). */
export function keepNewest({ node }: Pick<Site, 'node'>, programs: NewestPrograms | null): void {
  const before = newestPrograms({ node });
  if (JSON.stringify(before) !== JSON.stringify(programs)) node.settings.write('newest-programs', programs);
}

export function newestPrograms({ node }: Pick<Site, 'node'>): NewestPrograms | null {
  return node.settings.read('newest-programs', newestProgramsSchema.nullable());
}

/** A room has started and has not ended. */
export function candidatesAtWork(site: Site): boolean {
  return roomRows(site)
    .flatMap(statusesOf)
    .some(({ stages }) => stages.startedAt !== null && stages.endedAt === null);
}

/** Why this site's program should be replaced; null: it should not, or not now, because candidates are at work. */
export function toReplace(site: Site): Refusal | null {
  return candidatesAtWork(site) ? null : olderProgram(newestPrograms(site)?.site ?? null);
}
