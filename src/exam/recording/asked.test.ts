import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { impossibleResponse } from '../answer/response-shape.ts';
import { descendants } from '../paper/element.ts';
import { importPaper } from '../paper/import-paper.ts';
import { item, manifest, zipOf } from '../paper/package.fixture.ts';
import { reportText } from '../paper/report-text.ts';
import { askedRecording } from './asked.ts';

const declared = '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="file"/>';

async function imported(attributes: string) {
  const body = `<qti-upload-interaction response-identifier="RESPONSE" ${attributes}/>`;
  const zip = await zipOf({ 'imsmanifest.xml': manifest('q.xml'), 'q.xml': item('q', body, declared, '') });
  const { paper, report } = expectOk(await importPaper(zip));
  const [read] = paper.items;
  if (!read) throw new Error('no item');
  const [upload] = [...descendants(read.body)].filter(({ name }) => name === 'qti-upload-interaction');
  return {
    item: read,
    asked: upload ? askedRecording(upload) : null,
    reasons: report.items[0]?.reasons.map(({ type }) => type),
    texts: report.items[0]?.reasons.map(reportText),
  };
}

test.each(['audio/*', 'audio/webm', 'audio/mpeg audio/wav', 'AUDIO/OGG,audio/webm'])(
  'an upload of type %s is answered by speaking, and the report says so',
  async (type) => {
    const { asked, reasons, texts } = await imported(`type="${type}"`);
    expect(asked).toEqual({ seconds: 600, tries: 0, unreadable: [] });
    expect(reasons).toContain('answered-by-recording');
    expect(texts).toContain('Candidates answer by speaking: a recording of at most 600 seconds.');
  },
);

test.each(['type="application/pdf"', 'type="audio/* application/pdf"', 'type=""', ''])(
  'an upload with %s is a file that is chosen',
  async (attributes) => {
    const { asked, reasons } = await imported(attributes);
    expect(asked).toBeNull();
    expect(reasons).not.toContain('answered-by-recording');
  },
);

test("the author's limits hold, and one that is none is reported", async () => {
  const limited = await imported('type="audio/*" data-invigil-max-seconds="90" data-invigil-max-tries=" 2 "');
  expect(limited.asked).toMatchObject({ seconds: 90, tries: 2 });
  expect(limited.reasons).toContain('recording-tries');
});

test.each(['0', '-5', '2min', '1e3', '99999', '1.5'])('%s seconds are no limit', async (wrong) => {
  const { asked, reasons } = await imported(`type="audio/*" data-invigil-max-seconds="${wrong}"`);
  expect(asked?.seconds).toBe(600);
  expect(reasons).toContain('recording-limit-unreadable');
});

test('a spoken answer is a recording: another file or a text is none', async () => {
  const { item: read } = await imported('type="audio/*"');
  const file = { digest: 'a'.repeat(64), name: 'q.webm', mediaType: 'audio/webm', size: 9 };
  expect(impossibleResponse(read, { RESPONSE: { file } })).toBeNull();
  expect(impossibleResponse(read, { RESPONSE: null })).toBeNull();
  expect(impossibleResponse(read, { RESPONSE: { file: { ...file, mediaType: 'text/html' } } })).toBe(
    'RESPONSE',
  );
  expect(impossibleResponse(read, { RESPONSE: 'spoken' })).toBe('RESPONSE');
});
