import type { refusalVoice as en } from '../en/refusal-voice.ts';
import type { SameKeys } from '../strings.ts';

/** A voice station: candidates, takes, pieces. */
export const refusalVoice: SameKeys<typeof en> = {
  'refusal.station-taken': '本站已有考生登录（{form}）。|请先结束该考生的考试。',
  'refusal.form-used':
    '登记表 {form} 已在本站使用过。|请与考生手中的登记表核对。如发生故障，考生到另一台录音站继续。',
  'refusal.nobody-signed-in': '本站没有考生登录。|请输入考生登记表的编号。',
  'refusal.voice-not-now': '当前阶段不能这样操作。|请重新加载页面：页面会显示考生的进度。',
  'refusal.pause-needs-reason': '暂停需要说明原因。|请用几个字说明发生了什么。',
  'refusal.again-needs-reason': '重新录音需要说明原因。|请用几个字说明发生了什么。',
  'refusal.task-not-begun': '第 {task} 题尚未开始。|只有已经开始的题才能重新录音。',
  'refusal.tasks-unanswered': '还有题目没有作答。|如仍要结束，请说明原因。',
  'refusal.still-speaking': '还有考生正在考试（{form}）。|请先结束该考生的考试。',
  'refusal.nobody-spoke': '本站没有任何录音。|没有可打包的内容。',
  'refusal.piece-out-of-place':
    '一段录音（{piece}）与已保存的内容不符。|请暂停，然后另起一段录音继续；已保存的内容不受影响。',
  'refusal.piece-too-long': '一段录音（{piece}）超过了允许的长度。|请重新加载页面，另起一段录音继续。',
  'refusal.recording-too-long': '本题时间已到。|此前的录音已保存。',
  'refusal.take-over': '这段录音已结束，不能再添加内容。|请重新加载页面。',
  'refusal.form-unknown':
    '编号 {form} 格式正确，但不在本场考试的计划中。|请与登记表核对；材料可能比登记表旧。',
  'refusal.form-not-registration': '这是另一种答题表的编号。|请输入登记表的编号。',
  'refusal.form-of-another-room':
    '该登记表属于 {room} 考场；本站在 {here} 考场。|请带考生去该考场，或使用备用站。',
  'refusal.plan-without-variants': '计划中没有此套材料的试卷版本。|请向中心索取新材料。',
  'refusal.event-without-speaking': '本场考试没有口语题。|请加载口语部分的材料。',
  'refusal.microphone-not-tried': '麦克风尚未检查，或没有听到声音。|请先录五秒并回放。',
  'refusal.check-too-short': '录音太短。|请至少录 {seconds} 秒。',
  'refusal.task-not-open': '第 {task} 题的页面现在不能查看。|准备时间开始时显示。',
  'refusal.task-page-unreadable':
    '无法显示第 {variant} 版试卷的第 {page} 页。|请暂停并报告考点负责人：需要中心发送新材料。',
  'refusal.take-not-here': '没有可回放的内容。|只能回放当前考生的录音。',
};
