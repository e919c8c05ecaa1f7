"""What the import assumed, each kind with its reason in both languages; people confirm or correct it in the report."""

from collections.abc import Mapping

import msgspec

from mulu.diagnostics import Text

REASONS: Mapping[str, Text] = {
    "ditto": Text("写着“同上”，取同一栏上一行的内容。", "It says 同上; the value of the row above in the same column was taken."),
    "carried": Text("这一格没有内容，取同一栏上一行的内容（合并单元格在这里丢了，或者原表留空）。",
                    "The cell is blank; the value above in the same column was taken (a lost merge, or left blank)."),
    "shared": Text("这些内容夹在表头的行里，作为以下各行共用的内容。", "The value stands among the header's rows and was taken for all rows below."),
    "stacked": Text("合并的一格里叠放了几条时限或主体，条数等于共用这一格的行数，按次序分给各行。",
                    "The shared cell holds as many limits or bodies as rows share it; they were given to the rows in order."),
    "split": Text("一格里分行写了同一事项的几个内容，合在一起。", "Rows that go on with the entry gave this column more than once; joined."),
    "marks_moved": Text("这一行勾选的空格丢了，勾落在哪一栏是推定的：对象、方式、层级各一个，层级先取本单位的层级。",
                        "Blank cells between the ticks were lost, so their columns are assumed: one for each group, the department's own level first."),
    "no_column": Text("这段文字没有对应的栏目，没有写进目录。", "No column takes this text; it is not in the catalog."),
    "topic_for_item": Text("二级事项空着，用一级事项的文字。", "二级事项 is blank; the wording of 一级事项 stands for it."),
    "item_for_topic": Text("没有一级事项，用事项名称的文字。", "There is no 一级事项; the wording of the item stands for it."),
    "elements_from_item": Text("公开内容空着，用事项名称作为唯一的要素。", "公开内容 is blank; the item's own name is its only element."),
    "basis_missing": Text("原表没有公开依据，写了占位的文字，请补上。", "The table has no 公开依据; a placeholder was written, fill it in."),
    "limit_missing": Text("原表没有公开时限，写了占位的文字，请补上。", "The table has no 公开时限; a placeholder was written, fill it in."),
    "responsible_missing": Text("原表没有公开主体，用本单位的名称。", "The table has no 公开主体; the department's name was taken."),
    "channels_missing": Text("没有一个勾选的渠道，用站点的第一个渠道，请核对。", "No channel is ticked; the site's first channel was taken, check it."),
    "audience_missing": Text("公开对象没有勾选，按全社会。", "公开对象 is not ticked; 全社会 was taken."),
    "method_missing": Text("公开方式没有勾选，按主动公开。", "公开方式 is not ticked; 主动公开 was taken."),
    "levels_missing": Text("公开层级没有勾选，用本单位的层级。", "公开层级 is not ticked; the department's level was taken."),
    "both_methods": Text("主动公开和依申请公开都勾选了，按主动公开。", "Both methods are ticked; 主动公开 was taken."),
    "unclear_mark": Text("不认得的标记，按勾选处理。", "An unknown mark was taken for a tick."),
    "unclear_channel": Text("这个渠道前面没有方框，不知道勾选没有，没有写进目录。", "The box before this channel was lost; it is not in the catalog."),
    "channel_note": Text("渠道格里的说明，写进备注。", "A remark in the channel cell; kept as a note."),
    "address": Text("渠道格里的网址，写进“网址”一栏。", "An address in the channel cell; kept under 网址."),
    "left_words": Text("依据格里的这些字不属于任何一件依据，没有写进目录。", "These words of 公开依据 belong to no document and are not in the catalog."),
    "unclosed": Text("书名号没有写完，到下一处标点为止作为名称。", "The title's closing mark was lost; it was taken up to the next one."),
    "repeated": Text("同一格里写了两次，只保留一次。", "It stands twice in the cell; kept once."),
    "heading": Text("编号清单前面的小标题，加在每一项前面。", "A heading before a numbered list was put before each element."),
    "level_mapped": Text("站点没有这个层级名称，换成站点里同一级的名称。", "The site does not know this level's name; its own name for that rank was taken."),
    "level_unknown": Text("站点没有这个层级，照写；请把它加进 site.yml 的 levels 或者改正。", "The site has no such level; add it to levels in site.yml or correct it."),
    "duplicate": Text("表里已有事项、主体都相同的一行，两行都保留，请核对。", "A row with the same wording and body stands above; both are kept, check them."),
    "kept": Text("目录里的这个事项不在表里，保持不动。", "This entry of the catalog is not in the table; it was left as it is."),
    "hand_edit": Text("目录里的内容和表里的不同，而且不知道是不是手工改的，保留目录里的；要用表里的，加 --prefer table。",
                      "Catalog and table differ and it may be a hand edit; the catalog's value was kept. Use --prefer table for the other."),
    "table_first": Text("目录里手工改过，按 --prefer table 用了表里的。", "Edited by hand in the catalog; the table's value was taken, as --prefer table says."),
    "renamed": Text("事项的文字和目录里的不完全一样（差空格标点，或者改了名称），按同一个事项，编号不变，请核对。",
                    "The wording is not quite that of the catalog (spacing, or a changed name); taken as the same entry, check it."),
    "field_from_title": Text("领域由标题或者文件名认出。", "The field was recognised from the title or the file's name."),
    "field_given": Text("领域由命令行指定。", "The field was given on the command line."),
    "extra_column": Text("不认得的栏目，原样保留在“其他栏目”里。", "Not a column of the official table; kept as it is under extra."),
    "file_too_large": Text("写出的目录文件超过上限，mulu check 会读不了；请把表分到几个领域再导入。",
                           "The catalog file is larger than mulu check reads; divide the table among fields and import again."),
    "encoding": Text("文件不是 UTF-8，按这种编码读。", "The file is not UTF-8; it was read in this encoding."),
    "separator": Text("这个文件的分隔符由表头认出。", "The separator was recognised from the header."),
    "hidden_sheet": Text("隐藏的工作表也读了，请核对。", "A hidden sheet was read too, check it."),
}  # fmt: skip

UNPLACED: Mapping[str, Text] = {
    "empty": Text("只有序号的空行。", "A row with nothing but its number."),
    "title": Text("标题、分组名称或者合计的一行，不是事项。", "A row with a title, the name of a group or a total, not an entry."),
    "note": Text("表后的说明。", "Notes below the table."),
    "stray": Text("没有序号和事项名称，上面也没有事项可以接。", "It has no number and no name, and no entry stands above."),
    "unclear": Text("这一行的文字分不清属于哪些栏目，没有导入；请用原来的 Excel、Word 或者网页导入，或者给各行加上序号。",
                    "The pieces of this row cannot be told apart; use the original Excel, Word or web page, or number the rows."),
    "no_header": Text("这张表没有目录表的表头，没有导入。", "The table has no header of a catalog and was not imported."),
    "too_long": Text("有一格超过 2000 字，请分开。", "A cell has more than 2000 characters; divide it."),
    "other_field": Text("这张表属于另一个领域，这一次没有导入；请去掉 --field 或者改成那个领域再导入。",
                        "The table belongs to another field and was not imported; leave --field out or give that field."),
}  # fmt: skip


class Guess(msgspec.Struct, frozen=True):
    """One assumption: its kind, what it is about, the cell and its text. `entry` is an id, or empty for the table as a whole."""

    kind: str
    place: str
    text: str
    entry: str = ""
    key: str = ""


class Unplaced(msgspec.Struct, frozen=True):
    """A row that became no entry, with its text."""

    kind: str
    place: str
    text: str


class CellUse(msgspec.Struct, frozen=True):
    """Where a value of an entry came from. `origin`: own, merged, ditto, carried, shared, stacked or none (assumed)."""

    entry: str
    key: str
    place: str
    origin: str
    text: str
