import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStored } from '../../src/journal/journal.ts';
import { isAnswering } from '../../tools/exam-day/exam.ts';
import {
  approveSeats,
  chooseSession,
  exchangeOf,
  lockPin,
  openSignIn,
  prepareCentre,
  releasePin,
  scoreAndExport,
  signIn,
  takeSeat,
  type PreparedProject,
} from '../../tools/exam-day/exam-day.ts';
import {
  openConsole,
  refusalIn,
  until,
  type Console,
  type Contracts,
} from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';
import { textQuestion } from '../faults/text-question.ts';
