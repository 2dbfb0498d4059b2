/** The default list of violations (违纪类型), in three groups; a project may bring its own. */
export interface ViolationType {
  readonly code: string;
  readonly group: 'discipline' | 'cheating' | 'disturbance';
  readonly text: { readonly en: string; readonly zh: string; readonly ru: string };
}

const type = (
  code: string,
  group: ViolationType['group'],
  en: string,
  zh: string,
  ru: string,
): ViolationType => ({ code, group, text: { en, zh, ru } });

export const violationTypes: readonly ViolationType[] = [
  type(
    'A101',
    'discipline',
    'Brought communication devices or material not allowed to the seat and did not put them away when told',
    '携带通讯工具、规定以外的电子用品或与考试内容相关的资料进入座位，经提醒仍不改正的',
    'Пронёс на место средства связи или запрещённые материалы и не убрал их после напоминания',
  ),
  type(
    'A102',
    'discipline',
    'Not at the assigned seat',
    '未在规定的座位参加考试的',
    'Сидел не на своём месте',
  ),
  type(
    'A103',
    'discipline',
    'Began before the start or went on after the end',
    '考试开始信号发出前答题或者考试结束信号发出后继续答题的',
    'Начал до сигнала или продолжал после окончания',
  ),
  type(
    'A104',
    'discipline',
    'Left the room without permission',
    '未经同意离开考场的',
    'Покинул аудиторию без разрешения',
  ),
  type(
    'B201',
    'cheating',
    'Used notes or electronic aids',
    '使用资料或电子设备作弊的',
    'Использовал записи или электронные средства',
  ),
  type(
    'B202',
    'cheating',
    'Copied from another or let another copy',
    '抄袭他人答案或者同意、默许他人抄袭的',
    'Списывал или давал списывать',
  ),
  type(
    'B203',
    'cheating',
    'Sat for somebody else, or let somebody sit',
    '由他人冒名代替参加考试或者替他人参加考试的',
    'Сдавал за другого или допустил это',
  ),
  type(
    'B204',
    'cheating',
    'Passed on questions or answers',
    '传送试题或者答案的',
    'Передавал задания или ответы',
  ),
  type(
    'C301',
    'disturbance',
    'Disturbed the order of the room',
    '扰乱考场秩序的',
    'Нарушал порядок в аудитории',
  ),
  type(
    'C302',
    'disturbance',
    'Refused to follow or threatened the staff',
    '拒绝、妨碍考试工作人员履行管理职责或威胁工作人员的',
    'Отказался подчиниться или угрожал работникам',
  ),
  type(
    'C303',
    'disturbance',
    'Damaged equipment on purpose',
    '故意损坏考试设备的',
    'Умышленно повредил оборудование',
  ),
];
