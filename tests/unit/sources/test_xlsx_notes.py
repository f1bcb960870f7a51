"""Notes of mistakes are put in and found again, whichever program saved them in between."""

from __future__ import annotations

from dataflows.sources.xlsx_notes import add_notes, new_notes, new_shapes, shapes_of, take_boxes_out, take_notes_out

SAVED = (
    '<x:comments xmlns:x="m"><x:authors><x:author> </x:author></x:authors><x:commentList>'
    '<x:comment ref="E3" authorId="0"><x:text><x:r><x:t>[dataflows] &apos;6/7&apos; is two days.</x:t></x:r></x:text>'
    "<mc:AlternateContent><xdr:col>5</xdr:col></mc:AlternateContent></x:comment>"
    '<x:comment ref="F3" authorId="0"><x:text><x:r><x:t>Mine\n[dataflows] Wrong.\nAnd this.</x:t></x:r></x:text>'
    "</x:comment>"
    "</x:commentList></x:comments>"
)


def test_our_words_go_and_those_of_others_stay() -> None:
    text, gone = take_notes_out(SAVED)

    assert gone == {"E3"}
    assert 'ref="E3"' not in text
    assert "<x:t>Mine</x:t>" in text


def test_notes_are_put_in_beside_others_in_the_form_of_the_part() -> None:
    text, new = add_notes(SAVED, {"F3": "a < b", "G4": "c"})

    assert new == ["G4"]
    assert "And this.</x:t></x:r><x:r>" in text
    assert "\n[dataflows] a &lt; b</x:t></x:r></x:text></x:comment>" in text
    assert '<x:comment ref="G4" authorId="1"><x:text><x:r><x:t xml:space="preserve">[dataflows] c</x:t>' in text


def test_a_box_goes_with_its_note_whoever_named_it() -> None:
    boxes = (
        new_shapes().replace("</xml>", shapes_of({"E3": (3, 5), "A1": (1, 1)}) + "</xml>").replace("dataflows_", "x")
    )

    left = take_boxes_out(boxes, {"E3"})

    assert left.count("<v:shape ") == 1
    assert "<x:Row>0</x:Row><x:Column>0</x:Column>" in left
    assert take_boxes_out(boxes, set()) == boxes


def test_a_part_without_notes_takes_the_first() -> None:
    text, new = add_notes(new_notes(), {"B2": "x"})

    assert new == ["B2"]
    assert "<authors><author>dataflows</author></authors>" in text
    assert take_notes_out(text)[1] == {"B2"}
