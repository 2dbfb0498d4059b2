/** The parcel of a site: what was prepared for it, as the same bytes for everybody who asks. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { materialsAboutSchema, planPart, variantPart } from '../../../exam/paper-day/parcels.ts';
import { sealedParcel, type SealedParcel, type SealedPart } from '../../../parcel/sealed-parcel.ts';
import type { Centre } from '../../centre.ts';
import type { Tables } from '../../storage/tables.ts';

export const sealedVariantsSchema = z.array(
  z.object({ variant: z.number().int(), digest: z.string(), size: z.number().int() }),
);

export interface SiteMaterials {
  readonly revision: number;
  readonly madeAt: number;
  readonly parcel: SealedParcel;
}

/** Refusals: `materials-not-prepared`. */
export async function siteMaterials(
  centre: Centre,
  projectId: string,
  eventId: string,
  siteCode: string,
): Promise<Result<SiteMaterials>> {
  const row = await centre.db
    .selectFrom('site_material')
    .innerJoin('event', 'event.id', 'site_material.event_id')
    .innerJoin('project', 'project.id', 'event.project_id')
    .selectAll('site_material')
    .select('project.mode')
    .where('event.project_id', '=', projectId)
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'materials-not-prepared', site: siteCode });
  return ok({
    revision: row.revision,
    madeAt: row.made_at,
    parcel: parcelOf(centre, projectId, row.mode as 'formal' | 'mock', row),
  });
}

function parcelOf(
  { blobs, name, node }: Centre,
  projectId: string,
  mode: 'formal' | 'mock',
  row: Tables['site_material'],
): SealedParcel {
  const part = (partName: string, sha256: string, size: number): SealedPart => ({
    name: partName,
    size,
    sha256,
    sealedTo: ['session'],
    content: async () => {
      const content = await blobs.stream(sha256);
      if (!content) throw new Error(`${sha256} is not in the blob store`);
      return content;
    },
  });
  const variants = sealedVariantsSchema.parse(JSON.parse(row.variants_json));
  return sealedParcel(
    {
      kind: 'paper-materials',
      id: `paper-materials:${row.event_id}:${row.site_code}:${row.revision}`,
      to: { role: 'site', code: row.site_code },
      project: projectId,
      session: row.event_id,
      mode,
      createdAt: row.made_at,
      about: materialsAboutSchema.parse(JSON.parse(row.about_json)),
    },
    [
      part(planPart, row.plan_digest, row.plan_size),
      ...variants.map(({ variant, digest, size }) => part(variantPart(variant), digest, size)),
    ],
    { name, key: node.keys.signing, chain: [] },
  );
}
