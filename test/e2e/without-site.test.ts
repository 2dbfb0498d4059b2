/** A room without a site at its own console: what its steps ask for, what they refuse, and that the day goes on from them. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  exchangeOf,
  lockPin,
  prepareCentre,
  releasePin,
  signIn,
  type PreparedProject,
} from '../../tools/exam-day/exam-day.ts';
import { openConsole, type Console, type Contracts } from '../../tools/exam-day/process.ts';
import type { Screen } from './browser.ts';
import { accessible } from './stages/desk.ts';
import { beginDay, type ExamDay } from './exam-day.ts';

const password = 'a-password-of-my-own';
let day: ExamDay;
let room: Screen;
let centre: Console<Contracts['centre']>;
let project: PreparedProject;
