import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { Settings } from './settings.ts';

const schema = z.object({ codes: z.array(z.string()) });
let db: DatabaseSync;
let settings: Settings;
beforeEach(() => {
  db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  settings = new Settings(db);
});

test('what was written is read, by whoever asks and after a start', () => {
  settings.write('one', { codes: ['a'] });
  expect(settings.read('one', schema)).toEqual({ codes: ['a'] });
  settings.write('one', { codes: ['b'] });
  expect(settings.read('one', schema)).toEqual({ codes: ['b'] });
  expect(settings.read('one', z.object({ codes: z.array(z.string()).length(1) }))).toEqual({ codes: ['b'] });
  expect(new Settings(db).read('one', schema)).toEqual({ codes: ['b'] });
  settings.remove('one');
  expect(settings.read('one', schema)).toBeNull();
});

test('whoever has read a setting cannot change it for the next', () => {
  settings.write('one', { codes: ['a'] });
  const read = settings.read('one', schema);
  expect(() => read?.codes.push('b')).toThrow(TypeError);
  expect(settings.read('one', schema)).toEqual({ codes: ['a'] });
});

test('what another schema would refuse is refused, although it was read before', () => {
  settings.write('one', { codes: ['a'] });
  settings.read('one', schema);
  expect(() => settings.read('one', z.object({ codes: z.array(z.number()) }))).toThrow(z.ZodError);
});
