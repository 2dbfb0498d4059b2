/** K(site): from it follow the keys of the site's rooms. Made once, so that a room that has not loaded the newest publication yet still fits. */
import { openBytes, sealBytes } from '../../trust/seal.ts';
import { fromBase64, toBase64 } from '../../base/bytes.ts';
import { newSiteCodeKey } from '../../trust/one-time-code.ts';
import type { Centre } from '../centre.ts';

/** Makes it where there is none. It lies in the database sealed to the centre's own key. */
export async function siteCodeKey(
  { node, db }: Pick<Centre, 'node' | 'db'>,
  projectId: string,
  { code, code_key }: { readonly code: string; readonly code_key: string | null },
): Promise<Uint8Array> {
  const { identity, recipient } = node.keys.sealing;
  if (code_key !== null) {
    const opened = await openBytes(fromBase64(code_key), { identities: [identity] });
    if (!opened.ok) throw new Error(`the code key of site ${code} is sealed to another key`);
    return opened.value;
  }
  const made = newSiteCodeKey();
  await db
    .updateTable('site')
    .set({ code_key: toBase64(await sealBytes(made, { recipients: [recipient] })) })
    .where('project_id', '=', projectId)
    .where('code', '=', code)
    .execute();
  return made;
}
