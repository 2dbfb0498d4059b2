/** What `invigil verify` found, in words for whoever has to act on it: what is wrong, what that means, what to do. */
import type { Refusal } from '../base/result.ts';

interface Finding {
  readonly what: string;
  readonly means: string;
  readonly remedy?: string;
}

const keepTheDisk =
  'Keep this disk as it is and make no more entries on it. Compare with the copies of its neighbours (--against) and tell the centre.';

const findings: Record<string, Finding> = {
  missing: {
    what: 'is missing, although later ones are there',
    means: 'An entry was taken out, or entries changed places.',
  },
  misplaced: { what: 'stands at the wrong place', means: 'Entries were repeated, moved or renumbered.' },
  'header-unreadable': {
    what: 'cannot be read',
    means: 'The disk damaged it, or somebody wrote into the file.',
  },
  'header-changed': {
    what: 'is not what was committed',
    means: 'Its text was changed after it was written: it no longer has the hash that was stored with it.',
  },
  'chain-broken': {
    what: 'does not follow the entry before it',
    means: 'This entry or the one before it was changed or put in by somebody.',
  },
  'payload-changed': {
    what: 'has another payload than its header says',
    means: 'The answer, or the salt that belongs to it, was changed.',
  },
  'payload-added': { what: 'has a payload where it must have none', means: 'Somebody put it in.' },
  'payload-missing': {
    what: 'has lost its payload',
    means: 'The answer was taken out; no entry says that it was erased after retention.',
  },
  'payload-back-after-erasure': {
    what: 'has a payload that was erased',
    means: 'Personal data that were to be gone came back, from an older copy of the file perhaps.',
    remedy: 'Erase it again, and look for older copies of the file.',
  },
  'signature-does-not-hold': {
    what: 'has a head whose signature does not hold',
    means: 'The head was changed, or signed with another key than this node’s.',
  },
  'not-what-was-signed': {
    what: 'is another one than the node signed',
    means: 'The end of the journal was made anew.',
  },
  'missing-below-signed-head': {
    what: 'is missing, although the node signed a head beyond it',
    means: 'The end of the journal was cut off.',
  },
  'added-after-signed-head': {
    what: 'was never signed',
    means: 'Somebody who does not have the node’s key added it.',
  },
  'missing-below-named-head': {
    what: 'is missing, although it was acknowledged',
    means: 'The copy of this chain was cut off, or the disk was put back to an older state.',
  },
  'not-what-was-named': {
    what: 'is another one than was acknowledged',
    means: 'Two versions of this chain exist: one of the two was made anew.',
  },
  'differs-from-neighbour': {
    what: 'is another one than in the neighbour’s copy ({neighbour})',
    means: 'Two versions of this chain exist: one disk was put back or changed, and went on.',
  },
  'older-copy': {
    what: 'is missing here, and the neighbour has it ({neighbour})',
    means: 'This disk was put back to an older state.',
    remedy:
      'Start the node with its network: at its next contact it finds this by itself, says so in its journal and goes on in a new epoch. Keep the neighbour’s copy until then.',
  },
  'neighbour-older-copy': {
    what: 'is here, and its own writer no longer has it ({neighbour})',
    means: 'The neighbour’s disk was put back to an older state, or it lost its end.',
    remedy: 'Keep this copy: it is the only one. Start the neighbour with its network, and verify it again.',
  },
};

/** @param refusal `journal-not-whole`. */
export function findingText(refusal: Refusal): string {
  const { origin, epoch, seq } = refusal;
  const finding = findings[String(refusal['what'])];
  const said = (finding?.what ?? String(refusal['what'])).replaceAll(
    '{neighbour}',
    String(refusal['neighbour']),
  );
  return [
    `Not whole: entry ${String(seq)} of the chain ${String(origin)} (epoch ${String(epoch)}) ${said}.`,
    ...(finding ? [`  What this means: ${finding.means}`] : []),
    `  What to do: ${finding?.remedy ?? keepTheDisk}`,
  ].join('\n');
}
