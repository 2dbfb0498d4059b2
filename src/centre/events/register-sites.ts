/** Sites that a register of forms names. */
import { newRegistrationCode } from '../../trust/pairing.ts';
import type { CentreDatabase } from '../storage/database.ts';

export interface NamedSite {
  readonly code: string;
  /** '': nobody says it. */
  readonly name: string;
  readonly region: string;
}

export async function sitesOfRegisters(db: CentreDatabase, projectId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('event_site')
    .innerJoin('event', 'event.id', 'event_site.event_id')
    .select('event_site.site_code')
    .distinct()
    .where('event.project_id', '=', projectId)
    .execute();
  return new Set(rows.map(({ site_code }) => site_code));
}

export async function sitesOfProject(db: CentreDatabase, projectId: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('site').select('code').where('project_id', '=', projectId).execute();
  return new Set(rows.map(({ code }) => code));
}

/** Those that the project has already stay as they are. */
export async function addSites(
  db: CentreDatabase,
  projectId: string,
  sites: readonly NamedSite[],
): Promise<void> {
  const once = new Map(sites.map((site) => [site.code, site]));
  for (const { code, name, region } of once.values())
    await db
      .insertInto('site')
      .values({
        project_id: projectId,
        code,
        name: name === '' ? code : name,
        region: region === '' ? null : region,
        registration_code: newRegistrationCode(),
      })
      .onConflict((conflict) => conflict.columns(['project_id', 'code']).doNothing())
      .execute();
}
