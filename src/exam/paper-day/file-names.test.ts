import { expect, test } from 'vitest';
import {
  archiveName,
  dayFolder,
  printJournalName,
  readArchiveName,
  scanJournalName,
  voiceJournalName,
  type NamedDay,
  siteFolder,
} from './file-names.ts';

const day: NamedDay = {
  region: '7',
  site: '801',
  date: '2027-06-01',
  stage: '1',
  subject: 'Русский язык',
  subjectLatin: 'rus',
};

test('journals are named as the handbooks name them', () => {
  expect(printJournalName(day, '12', '3')).toBe('END_PRINT_07_0801_010627_01_Русский_язык_0012_3.dat');
  expect(printJournalName(day, null, '9')).toBe('END_PRINT_07_0801_010627_01_Русский_язык_0000_9.dat');
  expect(voiceJournalName(day, '12', '4')).toBe('END_VOICE_07_0801_010627_01_0012_Русский_язык_4.dat');
  expect(scanJournalName(day, '2')).toBe('END_SCAN_07_0801_010627_01_Русский_язык_02.dat');
});

test('whatever a site or a subject is called, the name is one that every file system takes', () => {
  const odd = { ...day, site: 'S/1: "a"', subject: '  con*?\n', region: '' };
  // oxlint-disable-next-line no-control-regex
  expect(printJournalName(odd, '../..', '\\')).not.toMatch(/[\u0000-\u001f<>:"/\\|?*\s]|\.\./);
  expect(printJournalName({ ...day, subject: '...' }, '1', '1')).toContain('_rus_');
});

test('each site has a folder of its own, whatever its code is written with', () => {
  const codes = ['801', 'A.1', 'A_1', 'A/1', 'A~2f1', 'A 1', '..', 'con', 'con~', 'Школа 5', '学校'];
  const folders = codes.map(siteFolder);
  expect(folders[0]).toBe('801');
  expect(new Set(folders).size).toBe(codes.length);
  // oxlint-disable-next-line no-control-regex
  for (const folder of folders) expect(folder).not.toMatch(/[\u0000-\u001f<>:"/\\|?*\s.]|^con$/);
});

test('archives are named after site, subject and date, and read back', () => {
  expect(archiveName({ ...day, subjectLatin: 'matem' })).toBe('801_matem_010627.zip');
  expect(archiveName({ ...day, subjectLatin: 'him' }, 2)).toBe('801_him_010627_2.zip');
  expect(dayFolder(day)).toBe('rus_010627');
  expect(readArchiveName('865_RUS_010627 (1).ZIP')).toEqual({
    site: '865',
    subjectLatin: 'rus',
    date: '010627',
    number: 1,
  });
  expect(readArchiveName(archiveName(day, 3))?.number).toBe(3);
  for (const other of ['scan.zip', '801_rus.zip', '801_rus_010627.rar', '../801_rus_010627.zip.exe'])
    expect(readArchiveName(other)).toBeNull();
});
