/** Every import of a file that there is. */
import { accommodations } from './imports/accommodations.ts';
import { answerPackage } from './imports/answer-package.ts';
import { authorisation } from './imports/authorisation.ts';
import { configuration } from './imports/configuration.ts';
import { deviceAnswer } from './imports/device-answer.ts';
import { distributionList } from './imports/distribution-list.ts';
import { entriesFile } from './imports/entries-file.ts';
import { examLock } from './imports/exam-lock.ts';
import { lockCarried } from './imports/lock-carried.ts';
import { oneRoster } from './imports/one-roster.ts';
import { printerAnswer, scannerAnswer } from './imports/office-device.ts';
import { paper } from './imports/paper.ts';
import { parcelFile } from './imports/parcel-file.ts';
import { photos } from './imports/photos.ts';
import { pictures } from './imports/pictures.ts';
import { receipts } from './imports/receipts.ts';
import { recording } from './imports/recording.ts';
import { registrations } from './imports/registrations.ts';
import { release } from './imports/release.ts';
import { roomAuthorisation } from './imports/room-authorisation.ts';
import { roomPackage } from './imports/room-package.ts';
import { roomResultAtCentre } from './imports/room-result-at-centre.ts';
import { roomResult } from './imports/room-result.ts';
import { roster } from './imports/roster.ts';
import { scannedArchive } from './imports/scanned-archive.ts';
import { scannedPage } from './imports/scanned-page.ts';
import { seatPlan } from './imports/seat-plan.ts';
import { segments } from './imports/segments.ts';
import { siteBackup } from './imports/site-backup.ts';
import { siteFiles } from './imports/site-files.ts';
import { sitePackage } from './imports/site-package.ts';
import { siteResults } from './imports/site-results.ts';
import {
  stationAdmission,
  stationKey,
  stationMaterials,
  stationPlan,
  stationPrintJournal,
  stationWords,
} from './imports/station-files.ts';
import { timeStatement } from './imports/time-statement.ts';
import type { FuzzedImport, FuzzedReader } from './import.ts';

/** In the order of an exam day. */
export const imports: readonly (FuzzedImport | FuzzedReader)[] = [
  accommodations,
  configuration,
  entriesFile,
  examLock,
  parcelFile,
  pictures,
  recording,
  timeStatement,
  deviceAnswer,
  printerAnswer,
  scannerAnswer,
  scannedArchive,
  scannedPage,
  lockCarried,
  distributionList,
  roster,
  oneRoster,
  photos,
  paper,
  sitePackage,
  roomPackage,
  registrations,
  seatPlan,
  siteBackup,
  segments,
  authorisation,
  release,
  roomAuthorisation,
  answerPackage,
  roomResult,
  roomResultAtCentre,
  siteResults,
  receipts,
  ...siteFiles,
  stationAdmission,
  stationMaterials,
  stationKey,
  stationPlan,
  stationPrintJournal,
  stationWords,
];
