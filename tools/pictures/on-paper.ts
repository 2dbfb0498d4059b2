/** Exams on paper at the centre: forms of an event, archives of their scans, what is read, missing, declared. */
import { parse } from 'csv-parse/sync';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { kindName } from '../../src/exam/form/register-columns.ts';
import { ownNumber } from '../../src/exam/form/sheet-number.ts';
import { jpegOf } from '../scans/file.ts';
import { makeScan, type ScanRequest } from '../scans/scan.ts';
import type { ShownConsole } from './screen.ts';

interface Registered {
  readonly number: string;
  readonly kit: string;
  readonly kind: ScanRequest['code']['more']['kind'];
}

/** What the event's register holds, as its export says it. */
async function registerOf({ page }: ShownConsole, projectId: string, eventId: string): Promise<Registered[]> {
  const text = await page.evaluate(
    async (input) => {
      const headers = { 'content-type': 'application/json', 'x-invigil': '1' };
      const made = await fetch('/rpc/event/export', {
        method: 'POST',
        headers,
        body: JSON.stringify({ json: input }),
      });
      const { json } = (await made.json()) as { json: { ticket: string } };
      return (await fetch(`/files/${json.ticket}`)).text();
    },
    { projectId, eventId, format: 'csv', language: 'en' },
  );
  const [, ...rows] = parse(text, { bom: true, delimiter: [',', ';'] }) as string[][];
  const kinds: readonly Registered['kind'][] = ['registration', 'answers-1', 'answers-2', 'additional'];
  return rows.flatMap((row) => {
    const number = row.find((cell) => /^\d{17}$/.test(cell));
    const kit = row.find((cell) => /^1\d{5}$/.test(cell));
    const kind = kinds.find((one) => row.includes(kindName(one, 'en')));
    return number && kit && kind ? [{ number, kit, kind }] : [];
  });
}

const page = async (
  { number, kit, kind }: Registered,
  side: 1 | 2,
  seed: number,
  more: Partial<ScanRequest> = {},
): Promise<Uint8Array> => {
  const code = { number, side, more: { kit, kind, copy: 1 } };
  const { raster } = await makeScan({ code, seed, ink: 'much', ...more });
  return jpegOf(raster);
};

async function zipOf(files: readonly (readonly [string, Uint8Array])[], password?: string): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    useWebWorkers: false,
    ...(password === undefined ? {} : { password, encryptionStrength: 3 }),
  });
  for (const [name, bytes] of files) await writer.add(name, new Uint8ArrayReader(bytes));
  return Buffer.from(await writer.close());
}

/** Of a room: a whole kit, one with a duplicate, one with empty sheets, and what scanning gets wrong. */
async function archives(register: readonly Registered[]): Promise<{ plain: Buffer; locked: Buffer }> {
  const kits = [...Map.groupBy(register, ({ kit }) => kit).values()];
  const files: [string, Uint8Array][] = [];
  const put = (bytes: Uint8Array): void =>
    void files.push([`аудитория 0001/${String(files.length + 1).padStart(4, '0')}.jpg`, bytes]);
  for (const [i, kit] of kits.slice(0, 3).entries())
    for (const sheet of kit) {
      // The last kit misses a sheet.
      if (i === 2 && sheet.kind === 'answers-1') continue;
      put(await page(sheet, 1, i, i === 1 ? { ink: 'none' } : { degradation: { skewDegrees: 1.5 } }));
      if (sheet.kind === 'answers-2') put(await page(sheet, 2, i, { ink: i === 0 ? 'much' : 'none' }));
    }
  const [first] = kits[0] ?? [];
  if (!first) throw new Error('the register has no kit');
  put(await page(first, 1, 77, { degradation: { turned: 180 } }));
  put(await page({ ...first, number: ownNumber('999999', 7) }, 1, 5));
  // Too blurred for any code; a person still reads its digits.
  put(await page(first, 1, 78, { degradation: { blur: 3.2, contrast: 0.3 } }));
  files.push(['аудитория 0001/протокол.pdf', Buffer.from('%PDF-1.7\n')]);
  const [other] = kits[1] ?? [first];
  return {
    plain: await zipOf(files),
    locked: await zipOf([['0801/1.jpg', await page(other ?? first, 1, 9)]], 'скрепка'),
  };
}

/** @param eventId of an event that has its register */
export async function scans(centre: ShownConsole, projectId: string, eventId: string): Promise<void> {
  const { page: shown, t } = centre;
  const { plain, locked } = await archives(await registerOf(centre, projectId, eventId));
  await centre.visit(`scans/${projectId}/uploads`);
  await centre.take('uploads-empty');
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/zip', buffer });
  await shown
    .locator('input[type=file]')
    .setInputFiles([file('0801_rus_010626.zip', plain), file('0801_rus_010626_2.zip', locked)]);
  await shown.getByText('0801_rus_010626_2.zip').first().waitFor();
  await centre.take('uploads-chosen');
  await centre.press('scanUpload.sendAll', { count: 2 });
  await shown.getByText(t('scanUpload.state.password')).first().waitFor();
  await shown
    .getByText(/New scans added: 1\d/)
    .first()
    .waitFor();
  await centre.take('uploads');
  await centre.dialogs('uploads');
  await shown.getByRole('button', { name: '0801_rus_010626.zip' }).first().click();
  await shown.locator('.scan-thumb').first().waitFor();
  await centre.take('upload');
  await shown.locator('.scan-thumb').first().click();
  await shown.getByRole('dialog').waitFor();
  await shown.locator('.scan-stage img, .scan-stage canvas').first().waitFor();
  await centre.take('scan-viewer');
  await centre.visit(`scans/${projectId}/marks`);
  await centre.take('marks');
  await centre.visit(`scans/${projectId}/completeness`);
  await centre.take('completeness-events');
  await centre.visit(`scans/${projectId}/completeness/${eventId}`);
  await centre.take('completeness-sites');
  await shown.locator('.completeness-sites tbody button').first().click();
  await shown.getByRole('grid').first().waitFor();
  await centre.take('completeness-kits');
  await centre.visit(`scans/${projectId}/protocols`);
  await centre.take('protocols-events');
  await centre.visit(`scans/${projectId}/protocols/${eventId}`);
  await centre.take('protocols-sites');
  await centre.visit(`scans/${projectId}/completeness/${eventId}`);
  await shown.locator('.completeness-sites tbody button').first().click();
  await shown.getByRole('grid').getByText('❐').first().click();
  await shown.getByRole('dialog').waitFor();
  await centre.take('completeness-choose');
  await centre.closeDialog();
}
