/** What a room pushes to its site over the network: journal entries, a hello, and the name of a delivery. */
import { request } from 'node:https';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { utf8 } from '../../../src/base/bytes.ts';
import type { Refusal } from '../../../src/base/result.ts';
import { loadOrCreateNodeKeys } from '../../../src/trust/keys.ts';
import { Broken } from '../attempt.ts';
import { made, type FuzzedImport } from '../import.ts';
import { editedText, edits } from '../values.ts';

export const segments: FuzzedImport = {
  name: 'segments',
  stage: 'loaded',
  at: ['site'],
  async open(world) {
    const { exam } = world;
    const { exchangePort } = exam.process('site');
    const { tls } = await loadOrCreateNodeKeys(join(exam.data('room'), 'keys'), { name: 'room' });
    const journal = new DatabaseSync(join(exam.data('room'), 'journal.db'), { readOnly: true });
    const rows = journal
      .prepare(
        'SELECT header, salt, payload FROM entry LEFT JOIN payload ON payload.position = entry.position ORDER BY entry.position LIMIT 5',
      )
      .all();
    journal.close();
    const entries = rows.map(({ header, salt, payload }) => ({
      header,
      salt: salt instanceof Uint8Array ? salt.toHex() : salt,
      payload,
    }));
    const { origin, epoch } = JSON.parse(String(entries[0]?.header)) as { origin: string; epoch: string };
    const head = { origin, epoch, seq: 1, hash: 'a'.repeat(64) };
    const bodies = {
      '/journal': { entries, sealed: null },
      '/journal/kept': { origin, epoch, afterSeq: 0 },
      '/hello': {
        nonce: 'a-nonce-of-the-child',
        version: '1',
        heads: [head],
        status: { statuses: [], loaded: null, sealCheck: null },
      },
      '/deliveries': { name: `${origin}-x`, kind: 'room-result', sha256: 'a'.repeat(64) },
      '/pair/begin': {
        role: 'room',
        code: 'S1-R1',
        id: 'x',
        keys: { signingKey: 'x', sealingKey: 'x' },
        nonce: 'n'.repeat(20),
      },
    };
    const samples = Object.entries(bodies).map(([path, body]) => utf8(`${path}\n${JSON.stringify(body)}`));
    const { signers } = await world.keys();
    const post = (path: string, body: Uint8Array): Promise<{ status: number; text: string }> =>
      new Promise((resolve, reject) => {
        const sent = request(
          {
            host: '127.0.0.1',
            port: exchangePort,
            path,
            method: 'POST',
            key: tls.keyPem,
            cert: tls.certPem,
            rejectUnauthorized: false,
            headers: { 'content-type': 'application/json' },
          },
          (answer) => {
            let text = '';
            answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
            answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
          },
        );
        sent.on('error', reject);
        sent.end(body);
      });
    return {
      samples,
      // Nothing of that name was delivered.
      mayRefuse: true,
      made: made(edits, (changes) => {
        const [path = '', body] = Object.entries(bodies)[(changes[0]?.place ?? 0) % samples.length] ?? [];
        return utf8(`${path}\n${editedText(JSON.stringify(body), changes, signers)}`);
      }),
      async take(file) {
        const at = Math.max(0, file.indexOf(10));
        const path = Buffer.from(file.subarray(0, at)).toString('latin1');
        // A damaged address is the attacks' matter; here it is what comes to a right one.
        const { status, text } = await post(
          Object.hasOwn(bodies, path) ? path : '/journal',
          file.subarray(at + 1),
        );
        if (status >= 500) throw new Broken(`${path} answered ${status}: ${text.slice(0, 300)}`);
        return status === 200 ? null : (JSON.parse(text) as Refusal);
      },
    };
  },
};
