/** What the centre's features share: the node, the database, the papers' contents, and who the centre is. */
import type { NodeName } from '../trust/certificate.ts';
import type { ChangeSignal } from '../node/change-signal.ts';
import type { Node } from '../node/node.ts';
import type { Token } from '../hardware/token/port.ts';
import type { BlobStore } from '../store/blobs.ts';
import type { CodeDesk } from '../node/code-desk.ts';
import type { LiveBoard } from './board/live-board.ts';
import type { Distribution } from './distribution/distribution.ts';
import type { RegisterGrowth } from './events/growth.ts';
import type { ArchiveMaker } from './paper-day/archives/archive-maker.ts';
import type { MaterialsPreparer } from './paper-day/materials/preparer.ts';
import type { PackageOpener } from './paper-day/packages/package-opener.ts';
import type { Publisher } from './publish/publisher.ts';
import type { ScanReader } from './scans/uploads/scan-reader.ts';
import type { CentreDatabase } from './storage/database.ts';

export interface Centre {
  readonly node: Node;
  readonly db: CentreDatabase;
  /** Papers, parcels, candidates' files: in the data folder or in an object store. */
  readonly blobs: BlobStore;
  readonly name: NodeName;
  /** Holds the papers' session keys; asked for its PIN when authorisations are prepared. */
  readonly releaseToken: Token;
  readonly codes: CodeDesk;
  readonly board: LiveBoard;
  readonly publisher: Publisher;
  readonly growth: RegisterGrowth;
  readonly scanReader: ScanReader;
  /** Materials of exams on paper. */
  readonly materials: MaterialsPreparer;
  /** Of sites, for 7-Zip. */
  readonly archives: ArchiveMaker;
  /** Of answers, from sites of exams on paper. */
  readonly packages: PackageOpener;
  readonly distribution: Distribution;
  /** Tells consoles that something changed. */
  readonly changed: ChangeSignal;
  /** Apart, because sites say hello all the time: the desk's list is long and changes rarely. */
  readonly supportChanged: ChangeSignal;
}
