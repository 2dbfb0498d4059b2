/** What the journals of both ends say of a posting: who, when and what about for everybody, the words for who may read them. */
import type { JsonObject } from '../../base/json.ts';
import type { Posting, PostingBody } from '../../exam/support/posting.ts';
import type { Draft } from '../../journal/entry.ts';

const kinds: Readonly<Record<PostingBody['kind'], string>> = {
  opened: 'support-opened',
  written: 'support-written',
  changed: 'support-changed',
  confirmed: 'stage-confirmed',
  announced: 'support-announced',
  read: 'support-read',
};

/** @param where what the centre adds: which project and site */
export function entryOf({ id, thread, side, at, by, name, body }: Posting, where: JsonObject = {}): Draft {
  const { kind, text, phone, ...told } = { text: undefined, phone: undefined, ...body };
  const about = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  return {
    kind: kinds[kind],
    subject: `support:${thread ?? id}`,
    data: { posting: id, side, writtenAt: at, by, ...about, ...where },
    // Names, numbers and what is said of candidates are personal data.
    payload: {
      name,
      ...(text === undefined ? {} : { text }),
      ...(phone === undefined ? {} : { phone }),
    },
  };
}
