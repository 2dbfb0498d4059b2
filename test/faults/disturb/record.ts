/** A process that keeps pieces of a recording as fast as it can and says which ones are kept, until it is killed. */
import { utf8 } from '../../../src/base/bytes.ts';
import { expectOk } from '../../../src/base/result.ts';
import { webmOf } from '../../../src/exam/recording/webm.fixture.ts';
import { recordingMigrations, Recordings } from '../../../src/seat/recording/recordings.ts';
import { openDatabase } from '../../../src/store/sqlite.ts';

const [file = '', part = '1'] = process.argv.slice(2);
const db = expectOk(openDatabase(file, { migrations: recordingMigrations }));
const recordings = new Recordings({ db, data: file });
const place = { sitting: 's1', attempt: 1, item: 'speak', response: 'RESPONSE' };
for (let number = 1; ; number++) {
  const content = number === 1 ? webmOf([]) : utf8(`${number};`.padEnd(20_000, '.'));
  const piece = { try: 1, part: Number(part), number, ms: number, content };
  expectOk(recordings.take(place, piece, { seconds: 3_600, tries: 0, unreadable: [] }));
  // Not before it is on the disk, and at once.
  process.send?.(number);
}
