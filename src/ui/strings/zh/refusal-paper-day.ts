import type { refusalPaperDay as en } from '../en/refusal-paper-day.ts';
import type { SameKeys } from '../strings.ts';

/** The centre's side of a paper exam's day: question papers, members, keys. */
export const refusalPaperDay: SameKeys<typeof en> = {
  'refusal.archive-not-made': '考点 {site} 尚无当前材料的压缩包。|请重新制作密钥：压缩包随之生成。',
  'refusal.archives-cancelled': '7-Zip 压缩包的生成已停止。|已生成的压缩包保留，其余请重新制作密钥。',
  'refusal.archives-failed':
    '7-Zip 压缩包生成失败：{problem}。|请用 PIN 重新制作密钥：已生成的压缩包不会重做。',
  'refusal.archives-interrupted':
    '中心在全部 7-Zip 压缩包生成之前被停止，而打开材料的密钥不会保存。|请用放行令牌的 PIN 重新制作密钥：已生成的压缩包保留，其余继续生成。',
  'refusal.archives-not-running': '当前没有正在生成的 7-Zip 压缩包。|请刷新页面。',
  'refusal.archives-not-made': '尚未生成压缩包。|请先准备材料并制作密钥：压缩包随之生成。',
  'refusal.password-not-released': '压缩包密码尚未放行。|放行时间到后由管理员放行。',
  'refusal.day-release-held': '放行已暂缓。|原因消除后恢复放行。',
  'refusal.event-without-start': '尚未设定该考试的开考时间。|请在当日设置中填写开考时间。',
  'refusal.export-too-large':
    '文件总量超过 {limit:bytes}，无法放入一个 ZIP。|请选择较少考点，或写入移动盘的文件夹。',
  'refusal.grant-takes-away':
    '考点 {site} 的新密钥权限少于旧密钥（{what}）。|新密钥至少应包含旧密钥的全部权限。',
  'refusal.grant-without-members': '考点 {site} 没有可用令牌打开材料的成员。|请为该考点登记成员。',
  'refusal.grant-without-rooms': '考点 {site} 没有可供打印的考场。|请在表单登记或名册中写明考场。',
  'refusal.key-for-former-site': '密钥是为考点之前的注册制作的，已无法打开任何内容。|请重新制作密钥。',
  'refusal.key-for-revoked-token':
    '密钥包含已吊销的令牌：{tokens}。|请重新制作密钥，旧文件将无法再打开任何内容。',
  'refusal.keys-to-make-again': '{sites} 个考点的密钥已失效。|请重新制作密钥。',
  'refusal.materials-changed-since': '材料准备之后有内容变更。|请重新准备：只有相关考点获得新版本。',
  'refusal.materials-handed-out':
    '该考试的材料已发放，不能重新选择备用套。|请保持备用数量不变；备用密钥可允许更多套数。',
  'refusal.materials-incomplete': '材料尚不能准备：有缺失内容。|请处理第一步列出的项目。',
  'refusal.materials-not-prepared': '材料尚未准备。|请先准备材料。',
  'refusal.member-key-unusable':
    '令牌 {serial} 的公钥无效。|公钥以 age1 或 age1tag1 开头；请完整复制，或选择密钥文件。',
  'refusal.member-name-missing': '缺少姓名或姓名过长。|请填写成员姓名。',
  'refusal.member-revoked': '令牌 {serial} 已吊销：{reason}。|请登记其他令牌，已吊销的不能恢复。',
  'refusal.member-serial-missing': '缺少令牌序列号或过长。|请按令牌上的内容填写。',
  'refusal.member-token-taken':
    '令牌 {serial} 已以另一密钥登记给 {name}。|若令牌已重新初始化，请先吊销原登记。',
  'refusal.members-columns-missing': '缺少列：{columns}。|首行应写列名：姓名、序列号、公钥、考点。',
  'refusal.members-too-many': '表格有 {found} 行，最多读取 {most} 行。|请分成多个文件。',
  'refusal.members-wrong':
    '{wrong} 行有误（第 {lines} 行），未导入任何内容。|这些行中姓名、令牌、公钥或考点缺失、已占用或未知。请更正后重新导入。',
  'refusal.no-access-key': '该考点没有此编号的密钥。|请制作密钥，或获取最新的密钥。',
  'refusal.no-such-member': '没有该成员，或令牌已吊销。|请刷新页面。',
  'refusal.no-such-variant': '没有第 {variant} 套试卷。|请刷新页面。',
  'refusal.not-a-pdf': '无论文件名如何，该文件不是 PDF。|请将试卷存为 PDF。',
  'refusal.pdf-damaged': 'PDF 已损坏或不完整。|请重新保存后再试。',
  'refusal.pdf-encrypted': 'PDF 设有密码，打印站无法打印。|请不设密码另存，此处会密封。',
  'refusal.preparing-cancelled': '准备已停止。|已完成的考点保持不变，其余请再次准备。',
  'refusal.preparing-failed': '准备失败：{problem}。|请再次准备，已完成的不会重做。',
  'refusal.preparing-interrupted': '准备被中断，下次启动时继续。|无需操作。',
  'refusal.preparing-not-running': '没有正在进行的准备。|请刷新页面。',
  'refusal.question-paper-too-large': '文件大小为 {bytes:bytes}，上限 {limit:bytes}。|请缩小图片后另存。',
  'refusal.question-papers-missing': '尚无试卷。|请为每套选择一个 PDF。',
  'refusal.question-papers-too-large':
    '该考试全部试卷合计 {bytes:bytes}，上限 {limit:bytes}。|请缩小图片后另存。',
  'refusal.register-without-kits': '该考试的表单登记中没有套。|请在登记中生成或导入。',
  'refusal.sites-without-key': '{sites} 个考点还没有密钥。|请制作密钥。',
  'refusal.sites-without-members':
    '{sites} 个考点没有可打开材料的成员。|请为其登记成员，或登记适用所有考点的成员。',
  'refusal.task-page-missing':
    '任务“{task}”在第 {page} 页，而第 {variant} 套只有 {pages} 页。|请更正页码或试卷。',
  'refusal.tasks-missing': '口语考试需要任务。|请填写每个任务的页码和时间。',
};
