/** Rooms to print, and what a reader that is not ours finds in the PDF. */
import { getDocumentProxy } from 'unpdf';
import { fromBase64 } from '../../base/bytes.ts';
import type { PackageCandidate, PackageSession, RoomPackage } from '../../exam/package/room-package.ts';
import { policySchema } from '../../exam/project/policy.ts';

/** Pictures of 3 × 4 points. */
export const samplePhotos = {
  'image/jpeg':
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAKBueIx4ZKCMgoy0qqC+8P//8Nzc8P//////////////////////////////////////////////////////////wAALCAAEAAMBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AR//Z',
  'image/png':
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAAECAIAAADETxJQAAAAIUlEQVR4nGM8ISfHwMDAwMDAxMDAYPHoIQMDAyOKGAQAAGvCBAp0MboLAAAAAElFTkSuQmCC',
  'image/webp': 'UklGRiIAAABXRUJQVlA4TBUAAAAvAsAAAA8wHoP8j//5Dx684CCi/9EA',
} as const;

export function samplePhoto(mediaType: keyof typeof samplePhotos): Uint8Array {
  return fromBase64(samplePhotos[mediaType]);
}

export function candidateOf(index: number, more: Partial<PackageCandidate> = {}): PackageCandidate {
  return {
    id: `c${index}`,
    index,
    admissionNumber: `19999999001${String(index).padStart(4, '0')}`,
    name: `Candidate ${index}`,
    seatNumber: null,
    extraTimePercent: 0,
    accommodations: null,
    photo: null,
    ...more,
  };
}

export function sessionOf(number: number, candidates: readonly PackageCandidate[]): PackageSession {
  return {
    id: `s${number}`,
    number,
    name: `Session ${number}`,
    startAt: new Date(2026, 5, 12, 9 + number).getTime(),
    subjects: [
      { number: 1, name: 'General', durationMin: 90, paperSha256: '0'.repeat(64), paperSize: 1, items: 1 },
    ],
    policy: policySchema.parse({}),
    codeKey: null,
    candidates: [...candidates],
  };
}

export function roomOf(
  code: string,
  sessions: readonly PackageSession[],
  mode: 'formal' | 'mock' = 'formal',
): RoomPackage {
  return {
    v: 1,
    project: { id: 'p', code: 'P-1', name: 'State examination', mode, supportPhone: '+7 700 000 00 00' },
    publication: { number: 1, at: 0 },
    site: { code: 'S1', name: 'School 7' },
    room: { code, name: `Cabinet ${code}` },
    sessions: [...sessions],
    centreSealingKey: '',
  };
}

interface ReadText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The text of each page in the order in which it is drawn, as another program reads it. */
export async function readPages(pdf: Uint8Array): Promise<(readonly ReadText[])[]> {
  // It takes the bytes away, so it gets its own.
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages: ReadText[][] = [];
  for (let i = 1; i <= document.numPages; i++) {
    const { items } = await (await document.getPage(i)).getTextContent();
    pages.push(
      items.flatMap((item) =>
        'str' in item
          ? [
              {
                text: item.str,
                x: Number(item.transform[4]),
                y: Number(item.transform[5]),
                width: item.width,
              },
            ]
          : [],
      ),
    );
  }
  await document.loadingTask.destroy();
  return pages;
}

/** Where lines end says nothing about the words. */
export function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** All of a page, without spaces. */
export async function pageTexts(pdf: Uint8Array): Promise<string[]> {
  return (await readPages(pdf)).map((page) => withoutSpaces(page.map(({ text }) => text).join('')));
}
