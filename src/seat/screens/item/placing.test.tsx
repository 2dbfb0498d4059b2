/** What questions with pairs, gaps and pictures say before anything is done with them. */
import { expect, test, vi } from 'vitest';
import { rendered } from './rendered.fixture.tsx';

// The seat's agent is reached through the browser's address, which there is none of here.
vi.mock('../agent.ts', () => ({ keepFile: () => Promise.reject(new Error('no agent')) }));

const pairs = '<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="pair"/>';
const directed =
  '<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="directedPair"/>';

test('associate shows the pairs that were made, what is used up, and keeps fixed choices in their place', async () => {
  const body = `<qti-associate-interaction response-identifier="RESPONSE" max-associations="2" shuffle="true">${[
    ...'ABCDE',
  ]
    .map(
      (id) =>
        `<qti-simple-associable-choice identifier="${id}" match-max="1" fixed="${id === 'E'}">text ${id}</qti-simple-associable-choice>`,
    )
    .join('')}</qti-associate-interaction>`;
  const shown = await rendered(body, pairs, { RESPONSE: ['C A'] });
  expect(shown).toContain('At most 2 in all.');
  expect(shown).toContain('aria-label="Take “text C – text A” away"');
  expect(shown).toMatch(/aria-disabled="true">text A</);
  expect(shown).toMatch(/aria-disabled="false">text B</);
  const orders = await Promise.all(
    Array.from({ length: 12 }, async (_, n) =>
      [...(await rendered(body, pairs, {}, `${n}`)).matchAll(/text ([A-E])/g)].map(([, id]) => id).join(''),
    ),
  );
  expect(orders.every((order) => order.endsWith('E'))).toBe(true);
  expect(new Set(orders).size).toBeGreaterThan(4);
});

test('gaps are named by their place and by what is in them, never by identifiers', async () => {
  const shown = await rendered(
    `<qti-gap-match-interaction response-identifier="RESPONSE" min-associations="2"><qti-gap-text identifier="RIGHT" match-max="1">winter</qti-gap-text>
     <qti-gap-img identifier="P" match-max="1" object-label="a dot"><object type="image/png" data="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/></qti-gap-img>
     <p>In <qti-gap identifier="KEY1"/> and <qti-gap identifier="KEY2"/></p></qti-gap-match-interaction>`,
    directed,
    { RESPONSE: ['P KEY2'] },
  );
  expect(shown).toContain('aria-label="Gap 1: empty"');
  expect(shown).toMatch(/aria-label="Gap 2: a dot"><img[^>]*src="\/paper\//);
  expect(shown).toContain('At least 2 in all.');
  expect(shown).not.toMatch(/RIGHT|KEY1|KEY2/);
});
