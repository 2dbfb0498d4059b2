/** A candidate's dossier on paper: who, what was answered, and everything that happened, in the order of time. */
import { responseWords } from '../../exam/answer/response-words.ts';
import type { Dossier, Tier } from '../../exam/package/dossier.ts';
import { clockTime, dateTime } from '../../ui/format.ts';
import { logDetails, logKind } from '../../ui/log-words.ts';
import { beside, paragraph, photoFrame, space, stack, table, type Block } from './blocks.ts';
import { Flow } from './flow.ts';
import { contentWidth, SheetDocument, type Printing } from './sheet-document.ts';
import { zonesOf, type SheetText } from './sheet-text.ts';

export interface PrintedLine {
  readonly at: number;
  readonly tier: Tier;
  readonly seq: number;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly responses: Readonly<Record<string, unknown>> | null;
  readonly proved: boolean;
  readonly differs: boolean;
}

export interface PrintedDossier {
  readonly dossier: Dossier;
  readonly lines: readonly PrintedLine[];
  readonly seatNumber: number | null;
}

/** More would be some hundred pages; the parcel has them all. */
const mostLines = 10_000;
const linesAtOnce = 100;
const mostLetters = 20_000;
/** Of a paragraph: it has to find place on one page. */
const lettersAtOnce = 1_200;
const photoSize = { width: 85, height: 113 };

export async function dossierSheet(
  { dossier, lines, seatNumber }: PrintedDossier,
  printing: Printing,
): Promise<Uint8Array> {
  const { text } = printing;
  const { candidate, project } = dossier;
  const document = await SheetDocument.open({ ...printing, title: text('dossier.title') });
  const made = text('dossier.madeAt', { at: dateTime(dossier.madeAt), by: dossier.by });
  const flow = new Flow(document, { foot: `${project.code} · ${candidate.admissionNumber} · ${made}` });
  const { lettering } = document;
  const heading = (words: string): Block =>
    stack(space(10), paragraph(lettering, words, contentWidth, { size: 12, weight: 'bold' }), space(4));
  const words = (said: string, size = 9): Block => paragraph(lettering, said, contentWidth, { size });
  flow.add(await head(document, { dossier, lines, seatNumber }, text));
  flow.add(heading(text('dossier.results')));
  if (dossier.results.length === 0) flow.add(words(text('dossier.noResult')));
  for (const result of dossier.results) flow.add(words(resultWords(text, result)));
  flow.add(heading(text('dossier.answers')));
  if (dossier.answers.length === 0) flow.add(words(text('dossier.noAnswers')));
  for (const answer of dossier.answers) {
    const title = paragraph(
      lettering,
      `${answer.item} · ${text('dossier.keptAt', { at: answer.keptAt, changes: answer.changes })}`,
      contentWidth,
      { size: 8.5, ink: 'grey' },
    );
    const said = responseWords(answer.responses).join('\n');
    // Never a question at the foot of a page and what was answered on the next one.
    const [first = '', ...others] = inParagraphs(said.slice(0, mostLetters));
    flow.add(stack(title, words(first)));
    for (const part of others) flow.add(words(part));
    if (said.length > mostLetters) flow.add(words(text('dossier.shortened'), 8));
    flow.add(space(5));
  }
  for (const file of dossier.files)
    flow.add(
      words(
        `${file.item}: ${file.name}, ${text('dossier.fileOf', { size: file.size })}${file.kept ? '' : `, ${text('dossier.fileMissing')}`}\nSHA-256 ${file.sha256}`,
        8.5,
      ),
    );
  flow.add(heading(text('dossier.events')));
  await events(document, flow, lines.slice(0, mostLines), text);
  if (lines.length > mostLines)
    flow.add(words(text('dossier.moreLines', { shown: mostLines, all: lines.length })));
  flow.add(stack(space(8), words(text(proofText(dossier)), 8.5)));
  if (dossier.differing > 0) flow.add(words(text('dossier.differing', { count: dossier.differing }), 8.5));
  flow.add(words(text('sheet.zone', { zone: zonesOf([dossier.madeAt, dossier.session.startAt]) }), 8.5));
  return document.save();
}

function proofText({ results }: Pick<Dossier, 'results'>) {
  return results.some(({ held }) => held !== null) ? 'dossier.proofByRoom' : 'dossier.proofByCentre';
}

async function head(
  document: SheetDocument,
  { dossier, seatNumber }: PrintedDossier,
  text: SheetText,
): Promise<Block> {
  const { lettering } = document;
  const { candidate, project, session, site, room, score } = dossier;
  const left = contentWidth - photoSize.width - 14;
  const fact = (name: string, value: string): Block =>
    beside(
      { x: 0, block: paragraph(lettering, name, 130, { size: 9, ink: 'grey' }) },
      { x: 136, block: paragraph(lettering, value, left - 136, { size: 9.5 }) },
    );
  const named = (one: { code: string; name: string }): string =>
    one.name === one.code || one.name === '' ? one.code : `${one.code} · ${one.name}`;
  const mock = project.mode === 'mock' ? ` · ${text('mode.mock')}` : '';
  const state = dossier.state === null ? '–' : (text.find(`sitting.${dossier.state}`) ?? dossier.state);
  const picture = candidate.photo && (await document.photo(candidate.photo));
  return beside(
    {
      x: 0,
      block: stack(
        paragraph(lettering, `${text('dossier.title')}${mock}`, left, { size: 16, weight: 'bold' }),
        space(6),
        paragraph(lettering, candidate.name, left, { size: 13, weight: 'bold' }),
        paragraph(lettering, candidate.admissionNumber, left, { size: 13, weight: 'bold' }),
        space(6),
        fact(text('dossier.project'), named(project)),
        fact(text('dossier.session'), `${session.number} · ${session.name} · ${dateTime(session.startAt)}`),
        fact(text('dossier.site'), named(site)),
        fact(text('dossier.room'), named(room)),
        fact(text('dossier.seat'), seatNumber === null ? '–' : String(seatNumber)),
        fact(text('dossier.state'), state),
        fact(
          text('dossier.score'),
          score === null ? '–' : `${score.score ?? '–'} / ${score.maxScore ?? '–'}`,
        ),
        fact(text('dossier.made'), `${dateTime(dossier.madeAt)} · ${dossier.by}`),
      ),
    },
    {
      x: left + 14,
      block: photoFrame(
        lettering,
        picture,
        text(candidate.photo === null ? 'sheet.photo' : 'sheet.photoUnprintable'),
        photoSize,
      ),
    },
  );
}

function resultWords(text: SheetText, result: Dossier['results'][number]): string {
  return [
    text('dossier.resultOf', { at: result.receivedAt, entries: result.entries }),
    text(result.inForce ? 'dossier.inForce' : 'dossier.notInForce'),
    text(result.receipt === null ? 'dossier.noReceipt' : 'dossier.receipt'),
    `SHA-256 ${result.digest}`,
  ].join(' · ');
}

async function events(
  document: SheetDocument,
  flow: Flow,
  lines: readonly PrintedLine[],
  text: SheetText,
): Promise<void> {
  for (let i = 0; i < lines.length; i += linesAtOnce) {
    const blocks = table(
      document.lettering,
      [
        {
          title: text('log.at'),
          width: 86,
          cell: ({ at }: PrintedLine) => `${dateTime(at).slice(0, 10)} ${clockTime(at)}`,
        },
        { title: text('dossier.tier'), width: 54, cell: ({ tier }) => text(`dossier.tier.${tier}`) },
        {
          title: text('log.what'),
          width: 104,
          cell: ({ kind, differs }) =>
            differs ? `${logKind(text, kind)} (${text('dossier.differs')})` : logKind(text, kind),
        },
        {
          title: text('log.details'),
          width: contentWidth - 336,
          cell: ({ data, responses }) =>
            [logDetails(text, data), ...(responses === null ? [] : responseWords(responses))]
              .filter((one) => one !== '')
              .join(' · ')
              .slice(0, 600),
        },
        { title: text('log.by'), width: 56, cell: ({ data }) => String(data['by'] ?? '') },
        {
          title: text('log.seq'),
          width: 36,
          align: 'right',
          cell: ({ seq, proved }) => `${seq}${proved ? '' : '*'}`,
        },
      ],
      lines.slice(i, i + linesAtOnce),
      { size: 8, padding: 2 },
    );
    flow.table(blocks, i > 0);
    // Others want their answers, too.
    await new Promise(setImmediate);
  }
}

function inParagraphs(said: string): string[] {
  return said.split('\n').flatMap((line) => {
    const letters = Array.from(line);
    return Array.from({ length: Math.ceil(letters.length / lettersAtOnce) }, (_, i) =>
      letters.slice(i * lettersAtOnce, (i + 1) * lettersAtOnce).join(''),
    );
  });
}
