/** Opens one question in a browser, under the seat's own content security policy, and tells what a candidate's answer to it becomes. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, Page } from 'playwright-core';
import { build, type Rollup } from 'vite';
import { expectOk } from '../../../src/base/result.ts';
import { impossibleResponse } from '../../../src/exam/answer/response-shape.ts';
import { importPaper } from '../../../src/exam/paper/import-paper.ts';
import { instantiatePaper } from '../../../src/exam/paper/instance.ts';
import type { PaperItem } from '../../../src/exam/paper/model.ts';
import { item as itemXml, manifest, zipOf } from '../../../src/exam/paper/package.fixture.ts';
import type { ItemResponses } from '../../../src/exam/paper/response.ts';
import { closeWindows, patienceMs, sharedBrowser } from '../../../tools/exam-day/browser.ts';
import { violations } from '../accessibility.ts';

const address = 'http://localhost:7499';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:";

type WindowKind = NonNullable<Parameters<Browser['newContext']>[0]>;

interface Built {
  readonly script: string;
  readonly style: string;
}

async function buildPage(): Promise<Built> {
  const made = (await build({
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    // React's own checks are faults of the question, too.
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'page.tsx'), formats: ['iife'], name: 'page' },
    },
  })) as Rollup.RollupOutput[];
  const parts = made.flatMap(({ output }) => output);
  const texts = (wanted: 'chunk' | 'asset'): string =>
    parts
      .filter(({ type }) => type === wanted)
      .map((part) => (part.type === 'chunk' ? part.code : String(part.source)))
      .join('\n');
  return { script: texts('chunk'), style: texts('asset') };
}

export interface Asked {
  readonly body: string;
  readonly declared: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly responses?: ItemResponses;
  readonly seed?: string;
}

/** A page with nothing on it but a question: another one is shown in it when the one before is done with. */
class Sheet {
  readonly page: Page;
  question: Question | null = null;
  /** Of the page itself, with no question on it yet. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    const complain = (text: string): unknown => (this.question ?? this).complaints.push(text);
    page.on('pageerror', (error) => complain(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complain(message.text());
    });
  }

  static async open(browser: Browser, built: Built, window: WindowKind): Promise<Sheet> {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...window });
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    const sheet = new Sheet(page);
    await page.route(`${address}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const name = pathname.split('/').at(-1) ?? '';
      if (pathname === '/question.js')
        return route.fulfill({ body: built.script, contentType: 'text/javascript; charset=utf-8' });
      if (pathname === '/question.css')
        return route.fulfill({ body: built.style, contentType: 'text/css; charset=utf-8' });
      if (pathname === '/files') {
        const content = route.request().postDataBuffer() ?? Buffer.alloc(0);
        const digest = createHash('sha256').update(content).digest('hex');
        sheet.question?.given.set(digest, content);
        return route.fulfill({ json: { digest } });
      }
      const file = sheet.question?.files.get(name);
      const answer = sheet.question?.given.get(name);
      if (file) return route.fulfill({ body: Buffer.from(file.content), contentType: file.mediaType });
      if (answer) return route.fulfill({ body: answer, contentType: 'image/png' });
      return route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': policy },
        body: '<!doctype html><html lang="en"><head><title>Question</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><link rel="stylesheet" href="/question.css"></head><body><script src="/question.js"></script></body></html>',
      });
    });
    await page.goto(address);
    return sheet;
  }
}

let browser: Promise<Browser>;
let built: Promise<Built>;
/** By the window that was asked for. */
const sheets = new Map<string, Sheet[]>();

/** Before the first question; `putAway` after the last. */
export async function layOut(): Promise<void> {
  [browser, built] = [sharedBrowser(), buildPage()];
  await Promise.all([browser, built]);
}

export async function putAway(): Promise<void> {
  await closeWindows(await browser);
}

async function freeSheet(window: WindowKind): Promise<Sheet> {
  const kind = JSON.stringify(window);
  const alike = sheets.get(kind) ?? [];
  sheets.set(kind, alike);
  const free = alike.find(({ question }) => question === null);
  if (free) return free;
  const opened = await Sheet.open(await browser, await built, window);
  alike.push(opened);
  return opened;
}

export class Question {
  readonly page: Page;
  readonly item: PaperItem;
  readonly complaints: string[] = [];
  /** Of the paper, by digest. */
  readonly files: ReadonlyMap<string, { readonly content: Uint8Array; readonly mediaType: string }>;
  /** Files that were given as answers, by digest. */
  readonly given = new Map<string, Buffer>();
  readonly #sheet: Sheet;

  private constructor(sheet: Sheet, item: PaperItem, files: Question['files']) {
    this.#sheet = sheet;
    this.page = sheet.page;
    this.item = item;
    this.files = files;
    sheet.question = this;
  }

  static async open(asked: Asked, kind: WindowKind = {}): Promise<Question> {
    const zip = await zipOf({
      'imsmanifest.xml': manifest('q.xml'),
      'q.xml': itemXml('q', asked.body, asked.declared, ''),
      ...asked.files,
    });
    const { paper, files, report } = expectOk(await importPaper(zip));
    const [instance] = instantiatePaper(paper, asked.seed ?? 's').items;
    if (!instance) throw new Error(`not imported: ${JSON.stringify(report.items)}`);
    const byDigest = new Map(
      paper.files.map(({ path, digest, mediaType }) => [
        digest,
        { content: files.get(path) ?? new Uint8Array(), mediaType },
      ]),
    );
    const question = new Question(await freeSheet(kind), instance.item, byDigest);
    await question.page.evaluate(
      ([item, paths, responses]) => {
        window.question = { item, files: paths, responses };
        window.show();
      },
      [
        instance,
        Object.fromEntries(paper.files.map(({ path, digest }) => [path, digest])),
        asked.responses ?? {},
      ] as const,
    );
    await question.page.locator('.item-body').waitFor();
    return question;
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Tab until the control with this name has the focus, then the key. */
  async press(name: string, key = 'Enter'): Promise<void> {
    const wanted = this.page
      .locator('.answer-place')
      .getByLabel(name, { exact: true })
      .or(this.button(name))
      .first();
    for (let tabs = 0; tabs < 60; tabs++) {
      if (await wanted.evaluate((one) => one === document.activeElement))
        return this.page.keyboard.press(key);
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`"${name}" is not reached by the keyboard`);
  }

  /** The answer as the seat would keep it: one that it would refuse fails here. */
  async responses(): Promise<ItemResponses> {
    const responses = await this.page.evaluate(() => window.question.responses);
    const refused = impossibleResponse(this.item, responses);
    if (refused !== null) throw new Error(`the seat refuses ${JSON.stringify(responses[refused])}`);
    return responses;
  }

  /** Shows the question anew with what was answered, as after a reload. */
  async again(): Promise<void> {
    await this.page.evaluate(() => window.show());
    await this.page.locator('.item-body').waitFor();
  }

  /** What is wrong with it for a person with a disability, and what the browser complains of. */
  async faults(): Promise<string[]> {
    return [...(await violations(this.page, 'main')), ...this.#sheet.complaints, ...this.complaints];
  }

  /** The page is free for another one. */
  async close(): Promise<void> {
    await this.page.evaluate(() => window.leave());
    this.#sheet.question = null;
  }
}

export function declared(cardinality: string, baseType: string, identifier = 'RESPONSE'): string {
  return `<qti-response-declaration identifier="${identifier}" cardinality="${cardinality}" base-type="${baseType}"/>`;
}
