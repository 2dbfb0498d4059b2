import { expect, test } from 'vitest';
import { compareVersions, isVersion, newestVersion } from './version.ts';

test('versions stand in the order of semantic versioning, numbers as numbers', () => {
  const ordered = [
    '0.1.0',
    '0.2.0',
    '0.10.0',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '2.0.0',
  ];
  expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered);
  expect(compareVersions('1.0.0+linux', '1.0.0+windows')).toBe(0);
});

test('what is no version is older than every version and never the newest', () => {
  for (const text of ['', '1', '1.2', '01.2.3', '1.2.3.4', 'newest', '1.0.0-', '1'.repeat(12) + '.0.0']) {
    expect([text, isVersion(text)]).toEqual([text, false]);
    expect(compareVersions(text, '0.0.1')).toBeLessThan(0);
    expect(compareVersions('0.0.1', text)).toBeGreaterThan(0);
  }
  expect(newestVersion(['0.9.0', '0.10.0', 'unknown', '0.10.0-rc.1'])).toBe('0.10.0');
  expect(newestVersion(['unknown'])).toBeNull();
});
