/** Results that came on a stick: one room's, or a site's collection of several. */
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { inspectParcel, openParcel } from '../../parcel/parcel.ts';
import type { Centre } from '../centre.ts';
import { receiveResult } from './receive-result.ts';

/** @param projectId of the project into which somebody puts the file: another's results are refused. */
export async function receiveResults(
  centre: Centre,
  projectId: string,
  file: string,
): Promise<Result<{ taken: number }>> {
  const inspected = await inspectParcel(file);
  if (!inspected.ok) return inspected;
  const project = await centre.db
    .selectFrom('project')
    .select('mode')
    .where('id', '=', projectId)
    .executeTakeFirst();
  if (!project) return refuse({ type: 'no-such-project' });
  const expected = { project: projectId, mode: project.mode as 'formal' | 'mock' };
  if (inspected.value.manifest.kind === 'room-result') {
    const taken = await receiveResult(centre, file, expected);
    return taken.ok ? ok({ taken: 1 }) : taken;
  }
  const { node, name } = centre;
  const opened = await openParcel(file, {
    trust: { roots: [node.keys.signing.publicKey], at: node.clock.now() },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, `results-${newId()}`),
    expect: { kind: 'site-results', to: { role: 'centre', code: name.code }, ...expected },
  });
  if (!opened.ok) return opened;
  try {
    let refused: Result<never> | null = null;
    for (const part of opened.value.parts.values()) {
      const taken = await receiveResult(centre, part.file, expected);
      // One room's that is no good keeps no other room's out.
      if (!taken.ok) refused ??= taken;
    }
    if (opened.value.parts.size === 0) return refuse({ type: 'result-unreadable' });
    return refused ?? ok({ taken: opened.value.parts.size });
  } finally {
    await opened.value.dispose();
  }
}
