/** K(site): from it follow the keys of the site's rooms. Made once, so that a room that has not loaded the newest publication yet still fits. */
import { openBytes, sealBytes } from '../../trust/seal.ts';
import { fromBase64, toBase64 } from '../../base/bytes.ts';
import { newSiteCodeKey } from '../../trust/one-time-code.ts';
import type { Centre } from '../centre.ts';
import type { CentreDatabase } from '../storage/database.ts';

/** By site code; makes what is missing. They lie in the database sealed to the centre's own key. */
export async function siteCodeKeys(
  { node }: Pick<Centre, 'node'>,
  db: CentreDatabase,
  projectId: string,
): Promise<Map<string, Uint8Array>> {
  const { identity, recipient } = node.keys.sealing;
  const sites = await db
    .selectFrom('site')
    .select(['code', 'code_key'])
    .where('project_id', '=', projectId)
    .execute();
  const keys = new Map<string, Uint8Array>();
  for (const { code, code_key } of sites) {
    if (code_key !== null) {
      const opened = await openBytes(fromBase64(code_key), { identities: [identity] });
      if (!opened.ok) throw new Error(`the code key of site ${code} is sealed to another key`);
      keys.set(code, opened.value);
      continue;
    }
    const made = newSiteCodeKey();
    await db
      .updateTable('site')
      .set({ code_key: toBase64(await sealBytes(made, { recipients: [recipient] })) })
      .where('project_id', '=', projectId)
      .where('code', '=', code)
      .execute();
    keys.set(code, made);
  }
  return keys;
}
