import type { answerPackage as en } from '../en/answer-package.ts';
import type { SameKeys } from '../strings.ts';

export const answerPackage: SameKeys<typeof en> = {
  'answerPackage.import': '导入作答包…',
  'answerPackage.importTitle': '导入作答包',
  'answerPackage.importText': '用于无法再连接监考机的考试机：作答数据以文件形式导入，导入后再做断点续考。',
  'answerPackage.collect': '单机收卷…',
  'answerPackage.collectText':
    '用于考生已作答完毕、因考试机无法连接监考机而不能交卷的情况：导入作答包并代为交卷。',
  'answerPackage.atSeat':
    '在考试机上：点击页面上方“监考员专用”，输入下列机位密码，将文件保存到 U 盘后带到监考机。若该机浏览器无法使用，请运行 npx invigil seat export。',
  'answerPackage.seatCode': '机位密码',
  'answerPackage.seatCodeFor': '导出作答包时使用，请勿告知考生。',
  'answerPackage.hint': '考试机导出的作答包（.parcel）',
  'answerPackage.madeAt': '导出时间',
  'answerPackage.changes': '包内作答记录',
  'answerPackage.changesOf': '{changes} 条，其中新增 {newChanges} 条',
  'answerPackage.files': '包内文件',
  'answerPackage.filesOf': '{files} 个，其中新增 {newFiles} 个',
  'answerPackage.lacking': '仍缺少文件：{files}。',
  'answerPackage.differing':
    '有 {count} 条记录与本考场保存的该机位记录不一致：该机磁盘曾恢复到旧状态。这些记录已作为证据保存并将上报，但不计入作答。请连接该考试机，作答将自动重新上传。',
  'answerPackage.goesOn': '导出时考生仍可继续作答：导出之后的作答不在包内。',
  'answerPackage.importNow': '导入',
  'answerPackage.collectNow': '为 {name} 收卷',
  'answerPackage.handInText': '{name} 的考试将以这些作答结束，不可撤销。',
  'answerPackage.imported': '导入成功！{name}，机位 {seat}：新增作答记录 {count} 条。',
  'answerPackage.nothingNew': '{name}，机位 {seat}：数据均已存在，没有新增内容。',
  'answerPackage.complete': '该考生作答已回收。',
  'answerPackage.collected': '单机收卷成功！{name} 已交卷，回执码：{receipt}',
  'answerPackage.first': '先导入 {name} 的作答包…',
  'log.answer-package-imported': '导入作答包',
  'log.differing-entries-kept': '不一致的机位记录已作为证据保存',
  'log.single': '单机收卷',
  'record.singleCollection': '单机收卷',
  'refusal.not-an-answer-package': '该文件不是作答包（{found}）。|请选择考试机导出的作答包。',
  'refusal.package-of-unknown-seat':
    '作答包来自本考场未接入的机位。|请到该机位所属考场导入，或先重新接入该机位。',
  'refusal.package-of-another-session': '作答包属于其他场次（{session}）。|请先选择该场次，再导入。',
  'refusal.package-of-unknown-candidate': '作答包的考生不在本场次名单中。|请到该考生所在考场导入。',
  'refusal.package-of-another-candidate':
    '这是 {name}（{admissionNumber}）的作答包。|请选择该考生，或选择正确的文件。',
  'refusal.package-of-earlier-attempt': '作答包是考生初始化之前的。|可导入作为证据，但不能收卷。',
  'refusal.package-not-whole': '作答包不完整，未导入任何内容。|请在考试机上重新导出。',
  'refusal.answer-package-too-large': '文件超过作答包的最大限制（{limit:bytes}）。|请选择正确的文件。',
  'refusal.closed-already': '该考生的考试时间已到。|请直接导入作答包，即可完成回收。',
  'refusal.answer-package-forked':
    '有 {entries} 条记录与本考场保存的该机位记录不一致。|请连接该考试机重新上传；否则请导入作答包，并在结束考试时填写原因。',
};
