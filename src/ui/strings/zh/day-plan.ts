/** The day of a session as a picture, and what contradicts itself in it. */
export const dayPlan = {
  'dayPlan.picture': '当天时间安排：{sessions}',
  'dayPlan.noRemarks': '没有矛盾，各场次互不冲突。',
  'dayPlan.startFirst': '选择开考时间后显示当天安排。',
  'dayPlan.span.sign-in': '登录（至迟到截止）',
  'dayPlan.span.start': '可开考',
  'dayPlan.span.work': '作答',
  'dayPlan.span.extra': '无需授权的补时',
  'dayPlan.remark.released-after-start-opens':
    '场次 {session}：密钥 {at} 放行，但 {before} 起即可开考；放行前无法打开试卷。',
  'dayPlan.remark.start-opens-before-sign-in': '场次 {session}：{at} 起可开考，早于开放登录（{before}）。',
  'dayPlan.remark.start-closes-after-late-limit':
    '场次 {session}：{at} 前可不凭授权码开考，但 {before} 后到达的考生需要授权码。',
  'dayPlan.remark.late-limit-after-end': '场次 {session}：迟到截止（{at}）晚于结束时间（{before}）。',
  'dayPlan.remark.hand-in-before-late-limit':
    '场次 {session}：{at} 起可交卷，而 {before} 前仍可入场：双方可能相遇。',
  'dayPlan.remark.no-early-hand-in': '场次 {session}：结束（{before}）前无人可以交卷。',
  'dayPlan.remark.extra-time-beyond-duration':
    '场次 {session}：无需授权的补时超过考试时长；补时不会超过本场时长。',
  'dayPlan.remark.sessions-overlap':
    '场次 {session} 与 {other} 重叠：{other} 于 {at} 开始，{session} 含补时到 {before} 结束。同一考场不能同时进行。',
  'dayPlan.remark.sign-in-before-end-of-other':
    '场次 {other}：{at} 开放登录，而场次 {session} 含补时可能到 {before} 才结束。',
} as const;
