/** Safe Exam Browser of this room: its settings, the keys that its seats must prove, its file. */
import * as z from 'zod';
import { fromBase64, toBase64 } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import { browserExamKeysSchema, type ExamBrowserOrder } from '../../exam/exam-browser/proof.ts';
import { kioskSettings, type SebSettings } from '../../exam/exam-browser/settings.ts';
import type { Node } from '../../node/node.ts';
import { configKey, quitPasswordHash } from '../../trust/exam-browser.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import type { Room } from '../room.ts';

/** What `invigil seat` uses when it is told nothing else. */
const usualSeatPort = 7440;

const storedSchema = z.object({
  quitPassword: z.string().min(1),
  seatPort: z.number().int(),
  examKeySalt: z.string(),
  browserExamKeys: browserExamKeysSchema,
});
export type ExamBrowserStored = z.infer<typeof storedSchema>;
const setting = 'exam-browser';

/** Made at the first start: the file is the same whenever it is taken, until somebody changes something. */
export function ensureExamBrowser({ settings }: Pick<Node, 'settings'>): void {
  if (settings.read(setting, storedSchema) === null)
    settings.write(setting, {
      quitPassword: newRegistrationCode().replaceAll('-', '').toLowerCase(),
      seatPort: usualSeatPort,
      examKeySalt: toBase64(randomBytes(32)),
      browserExamKeys: [],
    } satisfies ExamBrowserStored);
}

export function examBrowserOf({ settings }: Pick<Node, 'settings'>): ExamBrowserStored {
  const stored = settings.read(setting, storedSchema);
  if (!stored) throw new Error('a room without its settings of Safe Exam Browser');
  return stored;
}

export function keepExamBrowser({ settings }: Pick<Node, 'settings'>, stored: ExamBrowserStored): void {
  settings.write(setting, stored);
}

export function sebSettings(stored: ExamBrowserStored): SebSettings {
  return kioskSettings({
    seatPort: stored.seatPort,
    quitPasswordHash: quitPasswordHash(stored.quitPassword),
    examKeySalt: fromBase64(stored.examKeySalt),
  });
}

/** What admitted seats are told: whether the chosen session asks for it, and what counts as a proof. */
export function examBrowserOrder({
  node,
  state,
  chosen,
}: Pick<Room, 'node' | 'state' | 'chosen'>): ExamBrowserOrder {
  const stored = examBrowserOf(node);
  const policy = state.packageSession(chosen() ?? '')?.policy;
  return {
    required: policy?.browser === 'seb',
    configKey: keyOf(stored),
    browserExamKeys: [...new Set([...stored.browserExamKeys, ...(policy?.browserExamKeys ?? [])])],
  };
}

let known: { of: string; key: string } | null = null;

/** Asked for with every heartbeat of every seat. */
function keyOf(stored: ExamBrowserStored): string {
  const of = JSON.stringify(stored);
  if (known?.of !== of) known = { of, key: configKey(sebSettings(stored)) };
  return known.key;
}
