import type { oneRoster as en } from '../en/one-roster.ts';
import type { SameKeys } from '../strings.ts';

export const oneRoster: SameKeys<typeof en> = {
  'refusal.roster-zip-unreadable': '无法读取 ZIP（{problem}）。|请用普通文件名、不加密码重新打包。',
  'refusal.one-roster-version':
    '清单中的 OneRoster 版本为“{version}”，仅支持 1.1 和 1.2。|请导出为 OneRoster CSV 1.1 或 1.2。',
  'refusal.one-roster-file-missing':
    '缺少 {file}，或清单中声明为 absent。|请将 orgs、users、classes、enrollments 一并导出为一个 ZIP。',
  'refusal.one-roster-not-bulk': '{file} 声明为“{way}”：名单会整体替换原名单。|请以 bulk 方式导出。',
  'refusal.one-roster-columns-missing': '{file} 缺少列：{columns}。|OneRoster 要求首行列名与此完全一致。',
  'refusal.one-roster-not-utf8':
    '{file} 不是 UTF-8 编码。|请按 OneRoster 要求存为 UTF-8，其他编码会损坏姓名。',
  'refusal.one-roster-unreadable': '{file} 第 {line} 行无法读取：{problem}。|请重新导出。',
  'refusal.one-roster-nobody': '所选班级中没有学生。|请检查 enrollments.csv，以及各班参加的场次。',
  'refusal.one-roster-not-chosen': '尚未指定各班参加的场次。|请在预览中选择。',
  'refusal.one-roster-dangling': '{target} 中没有此 sourcedId。|请将所有文件一并导出。',
  'refusal.one-roster-no-student': '该用户以学生身份选课，但没有学生角色。|请更正角色，或移除该选课记录。',
  'refusal.one-roster-twice': '与第 {line} 行重复。|只能出现一次。',
  'oneRoster.title': 'OneRoster {version}',
  'oneRoster.who': '各班参加的场次',
  'oneRoster.whoHint': 'OneRoster 不含考试信息，请在此指定。每个班级为一个考场，班内学生即为考生。',
  'oneRoster.now': '请指定各班参加的场次，然后读取。',
  'oneRoster.session': '第 {number} 场，{name}',
  'oneRoster.nobody': '无考生',
  'oneRoster.allClasses': '所有班级',
  'oneRoster.course': '{title} · 班级 {classes}，学生 {students}',
  'oneRoster.seats': '座位号',
  'oneRoster.seats.name': '各班按姓名编为 1、2、3 …',
  'oneRoster.seats.number': '各班按号码编为 1、2、3 …',
  'oneRoster.seats.free': '不编座位号',
  'oneRoster.codes': '代码来源：考点 {siteCodes}，考场 {roomCodes}，准考证号 {numbers}。',
  'oneRoster.disabled': '因 enabledUser 为 false 而略过：{disabled} 人。',
  'oneRoster.read': '按此读取',
};
