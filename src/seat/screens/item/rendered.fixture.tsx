/** A question as the candidate's browser first gets it, for tests that read what it says. */
import { renderToStaticMarkup } from 'react-dom/server';
import { expect } from 'vitest';
import { utf8 } from '../../../base/bytes.ts';
import { expectOk } from '../../../base/result.ts';
import { importPaper } from '../../../exam/paper/import-paper.ts';
import { instantiatePaper } from '../../../exam/paper/instance.ts';
import type { InstanceItem, Paper } from '../../../exam/paper/model.ts';
import { item as itemXml } from '../../../exam/paper/package.fixture.ts';
import type { ItemResponses } from '../../../exam/paper/response.ts';
import { ItemView } from './item-view.tsx';

export function html(
  item: InstanceItem,
  responses: ItemResponses = {},
  files: Readonly<Record<string, string>> = {},
): string {
  return renderToStaticMarkup(
    <ItemView item={item} files={files} responses={responses} onChange={() => undefined} />,
  );
}

export function filesOf(paper: Paper): Record<string, string> {
  return Object.fromEntries(paper.files.map(({ path, digest }) => [path, digest]));
}

export async function rendered(
  body: string,
  before = '',
  responses: ItemResponses = {},
  seed = 's',
): Promise<string> {
  const declared = before.includes('qti-response-declaration')
    ? before
    : `<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier"/>${before}`;
  const { paper, report } = expectOk(await importPaper(utf8(itemXml('i', body, declared, ''))));
  expect(report.items[0]?.verdict).not.toBe('refused');
  const [first] = instantiatePaper(paper, seed).items;
  return html(first ?? expect.fail('no item'), responses, filesOf(paper));
}
