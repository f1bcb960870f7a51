"""What is found beside the items, and what is not held against a notice."""

from __future__ import annotations

from datetime import date

import pytest

from dataflows.checking.notice_check import NoticeCheck, check_document
from dataflows.sources.document_text import read_document_bytes
from tests.documents import pdf

SEE = "Under FERPA, parents and students over 18 have the right to inspect and review the student's education records."
AMEND = (
    "They have the right to request amendment of education records that they believe are inaccurate, misleading, or in "
    "violation of the student's privacy rights."
)
SEND = "The school forwards records to another school in which a student seeks to enroll."


def check(*sentences: str) -> NoticeCheck:
    text = "\n\n".join((SEE, SEND, *sentences))
    return check_document(read_document_bytes(text.encode(), "notice.txt"), date(2026, 11, 24))


def found(*sentences: str) -> dict[str, str]:
    """Return the message of each finding by its code."""
    return {finding.code: finding.message for finding in check(*sentences).findings}


def test_a_plain_notice_has_no_findings() -> None:
    assert found(AMEND) == {}


@pytest.mark.parametrize(
    ("code", "sentence", "says"),
    [
        ("NOT-010", "The procedure to inspect records is found in Board Policy JRA.", "the way to see records"),
        ("NOT-010", "For amendment of records, see the student handbook.", "have a record amended"),
        ("NOT-010", "School officials are defined in Board Policy JO.", "the criteria for school officials"),
        ("NOT-010", "The procedure for the amendment of records is in the student handbook.", "have a record amended"),
        ("NOT-010", "Records may be amended for good cause. See the Student Records Policy for it.", "record amended"),
        ("NOT-012", "Parents may inspect education records within 60 days of a request.", "60 days"),
        ("NOT-012", "Parents may inspect education records within up to three months.", "3 months"),
        ("NOT-012", "Parents may inspect education records within forty-five (45) school days.", "45 school days"),
        ("NOT-012", "Records can be inspected within 45 business days after the request.", "45 business days"),
        ("NOT-012", "Los padres pueden revisar los registros dentro de los 60 días.", "60 días"),
        (
            "NOT-012",
            (
                "Los padres pueden examinar el expediente. Para ello, presenten una carta que indique los documentos; "
                "el director les avisará de la hora, a más tardar en 45 días hábiles."
            ),
            "45 días hábiles",
        ),
        (
            "NOT-012",
            (
                "Parents may inspect education records. Write to the registrar. The registrar sets a time. "
                "It is within 45 working days."
            ),
            "45 working days",
        ),
        (
            "NOT-012",
            "Parents may inspect education records.\n\nThe school complies no later than two months after the request.",
            "2 months",
        ),
        ("NOT-012", "Parents may inspect records.\n\nTo ask, write. We arrange access within 46 days.", "46 days"),
        ("NOT-013", "A fee of ten dollars is charged for searching for and retrieving records.", "fee"),
        ("NOT-013", "Looking up a file that is in storage costs ten dollars.", "fee"),
        ("NOT-013", "There is a charge for the time that staff spend pulling a record from the archive.", "fee"),
        ("NOT-013", "The office bills the family for searching the files.", "fee"),
        ("NOT-014", "Complaints go to the Family Policy Compliance Office.", "Student Privacy Policy Office"),
        ("NOT-014", "Complaints go to the FPCO in Washington.", "Student Privacy Policy Office"),
        (
            "NOT-015",
            (
                "You may file a FERPA complaint with the Family Policy Compliance Office, U.S. Department of "
                "Education, 600 Independence Avenue SW, Washington, DC 20202-4605."
            ),
            "20202-4605",
        ),
        (
            "NOT-016",
            "You may file a complaint with the U.S. Department of Education under FERPA within 90 days.",
            "90 days",
        ),
        (
            "NOT-016",
            (
                "You may file a complaint with the U.S. Department of Education under FERPA. You have one year to "
                "file the complaint."
            ),
            "1 year",
        ),
        ("NOT-021", "You may ask the school to amend a record that is inaccurate.", "leaves out misleading"),
        ("NOT-031", "Write to the principal of [Name of School].", "[Name of School]"),
        ("NOT-031", "Call the office at ____________ for help.", "____"),
        ("NOT-031", "Send it to {{district_address}} by mail.", "{{district_address}}"),
        (
            "NOT-032",
            (
                "Records are shown within 45 days after Oak County Schools receives a request. Complaints concern "
                "alleged failures by Birch Valley School District to comply with FERPA. Oak County Schools is glad."
            ),
            "Birch Valley School District",
        ),
        (
            "NOT-032",
            (
                "If Oak County Schools decides not to amend a record, it says so. Complaints concern alleged failures "
                "by Birch Valley School District to comply with FERPA. Oak County Schools is glad to help."
            ),
            "Birch Valley School District",
        ),
    ],
)
def test_what_is_wrong_beside_the_items_is_found(code: str, sentence: str, says: str) -> None:
    assert says in found(sentence).get(code, "nothing was found")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("NOT-010", "Write to the principal and say which records you want to see; a time is set within ten days."),
        ("NOT-012", "Parents may inspect education records within 45 days."),
        ("NOT-012", "Records may be inspected within five school days of the request."),
        ("NOT-012", "Records are kept for 60 days after a student leaves, and five years after graduation."),
        (
            "NOT-012",
            "Parents may inspect education records. They may ask for a hearing. It is held within 60 school days.",
        ),
        ("NOT-012", "Parents may inspect education records. A request for an official transcript takes 60 days."),
        ("NOT-012", "Parents may inspect education records.\n\nThe school is closed for two months in summer."),
        ("NOT-021", "They may ask us to correct what is wrong or misleading, or contrary to the student's privacy."),
        (
            "NOT-021",
            "Pueden pedir que se corrija el registro que sea inexacto, engañoso o contrario a la intimidad del alumno.",
        ),
        ("NOT-021", "Pueden pedir que se enmiende el registro inexacto, engañoso o que atente contra su intimidad."),
        ("NOT-031", "Use this form to say no.\n\nStudent's name ____________\n\nSchool ________ Grade ____"),
        (
            "NOT-031",
            "I, ____________, the parent of ____________, ask the school not to give out his or her name.\n\nSigned",
        ),
        ("NOT-031", "Formulario\n\nNombre del estudiante ____________\n\nFirma ____________"),
        ("NOT-013", "A fee may be charged for copies, but never for searching for or retrieving the records."),
        ("NOT-013", "There is no fee to search for or retrieve a record."),
        ("NOT-015", "Office for Civil Rights, U.S. Department of Education, Washington, DC 20202-1100."),
        (
            "NOT-015",
            (
                "File a FERPA complaint with the Student Privacy Policy Office, U.S. Department of Education, "
                "400 Maryland Avenue SW, Washington, DC 20202-8520."
            ),
        ),
        ("NOT-016", "You may file a FERPA complaint with the U.S. Department of Education within 180 days."),
        ("NOT-013", "The school cannot charge a fee for searching for or retrieving the records."),
        ("NOT-013", "To pay school fees online, search for the school's name."),
        ("NOT-013", "A background search of volunteers is done at the volunteer's cost."),
        ("NOT-010", "Parents may have records amended, but in certain circumstances specified in the regulations."),
        ("NOT-010", "This policy sets forth the procedures for the amendment of records."),
        ("NOT-016", "You may file a FERPA complaint with the U.S. Department of Education. We have 30 days to answer."),
        ("NOT-031", "You [the parent or eligible student] may see the record. [revised 2024]"),
        ("NOT-031", "The rules are in 34 CFR 99.7 [1], and the law is old [sic]."),
        ("NOT-031", "The rules are on the Department's site [https://studentprivacy.ed.gov/ferpa]."),
        ("NOT-031", "La ley se llama en inglés [Family Educational Rights and Privacy Act]."),
        ("NOT-031", "<<< BACK - NEXT >>>"),
        ("NOT-033", "The purpose of this policy is to describe the rights of students under FERPA."),
        ("NOT-033", "Under FERPA the district shall give notice to parents that it publishes names and photographs."),
        (
            "NOT-032",
            (
                "Alleged failures by Oak County Schools to comply are for the Department. If OCS decides not to "
                "amend, it says so."
            ),
        ),
    ],
)
def test_what_is_in_order_is_not_held_against_it(code: str, sentence: str) -> None:
    assert code not in found(sentence)


def test_a_text_that_never_says_that_rights_pass_at_18_is_found() -> None:
    text = "Parents have the right to inspect and review the education records of their child."
    checked = check_document(read_document_bytes(text.encode(), "n.txt"), date(2026, 11, 24))

    assert "NOT-020" in {finding.code for finding in checked.findings}
    assert "NOT-020" not in found()


def test_criteria_without_outsiders_are_worth_a_word() -> None:
    inside = "A school official is a person employed by the school as a teacher, administrator, or counselor."

    assert "NOT-011" in found(inside)
    assert "NOT-011" not in found(inside, "A school official may also be a contractor or a volunteer.")


def test_a_policy_that_only_orders_a_notice_is_no_notice() -> None:
    text = """The annual FERPA notification must inform parents of their right to:
    1. Inspect and review the student's education records;
    2. Seek amendment of education records that they believe are inaccurate;
    3. Consent to disclosures of personally identifiable information in education records; and
    4. File a complaint with the U.S. Department of Education about alleged failures to comply with FERPA."""
    checked = check_document(read_document_bytes(text.encode(), "policy.txt"), date(2026, 11, 24))

    assert [item.id for item in checked.items if item.present] == []
    assert "NOT-033" in {finding.code for finding in checked.findings}


ENGLISH_RIGHTS = (
    "the right to inspect and review education records and the procedure for doing so",
    "the right to request amendment of records",
    "the right to consent to disclosures of personally identifiable information",
    "the right to file a complaint with the U.S. Department of Education",
)
SPANISH_RIGHTS = (
    "el derecho a inspeccionar los expedientes educativos",
    "el derecho a solicitar la enmienda de los expedientes",
    "el derecho a consentir la divulgación de información personal de los expedientes",
    "el derecho a presentar una queja ante el Departamento de Educación de los Estados Unidos",
)
POLICIES = (
    f"The notice shall include {'; '.join(ENGLISH_RIGHTS)}.",
    f"The notice must state {'; and '.join(ENGLISH_RIGHTS)}.",
    "The annual notice must state:\n" + "".join(f"1. {right.capitalize()}.\n" for right in ENGLISH_RIGHTS),
    "The annual notice must state:\n" + "".join(f"- {right}\n" for right in ENGLISH_RIGHTS),
    f"El aviso debe incluir {'; '.join(SPANISH_RIGHTS)}.",
)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_list_that_is_ordered_states_none_of_its_parts(policy: str) -> None:
    text = f"The superintendent shall annually notify parents of their rights under FERPA. {policy}"
    checked = check_document(read_document_bytes(text.encode(), "policy.txt"), date(2026, 11, 24))

    assert [item.id for item in checked.items if item.present] == []
    assert "NOT-033" in {finding.code for finding in checked.findings}


def test_a_right_that_follows_an_order_as_a_sentence_of_its_own_is_stated() -> None:
    text = (
        "The district shall annually notify parents of their rights under FERPA; parents may inspect and review the "
        "education records of their child; they may file a complaint with the U.S. Department of Education."
    )
    checked = check_document(read_document_bytes(text.encode(), "policy.txt"), date(2026, 11, 24))

    assert [item.id for item in checked.items if item.present] == ["99.7(a)(2)(i)", "99.7(a)(2)(iv)"]


def test_what_is_against_the_law_beside_the_items_fails_the_check_and_what_is_unwise_does_not() -> None:
    slow = check("Parents may inspect education records within 60 days of a request.")
    old = check("Complaints go to the Family Policy Compliance Office.")

    assert ([finding.code for finding in slow.errors], slow.in_order) == (["NOT-012"], False)
    assert [finding.code for finding in old.errors] == []


def test_a_language_that_is_not_read_is_said() -> None:
    text = "家長有權查閱學生的教育紀錄。" * 20
    checked = check_document(read_document_bytes(text.encode(), "n.txt"), date(2026, 11, 24))

    assert [finding.code for finding in checked.findings] == ["NOT-034"]


DIRECTORY = (
    "Directory Information\n\nThe district designates the following as directory information: name, address, telephone "
    "number, photograph, and grade level."
)
REFUSE = "Parents may refuse to let the district disclose any or all of this directory information."
PERIOD = "Tell the principal in writing by September 30 if you do not want directory information released."


def test_a_directory_notice_is_checked_where_it_is_given() -> None:
    [whole] = check(DIRECTORY, REFUSE, PERIOD).others
    [half] = check(DIRECTORY).others

    assert (whole.id, whole.complete) == ("directory", True)
    assert [item.id for item in half.items if not item.present] == ["99.37(a)(2)", "99.37(a)(3)"]


UNDER = "Directory information\n=====================\n\n"
EN_ESPANOL = "Información de directorio\n=========================\n\n"
CHOSEN = (
    "We have chosen these kinds of data as directory information:\n\n- Your child's name\n- Your child's school",
    f"{UNDER}We may give it out. We have chosen these kinds:\n\n- Your child's grade",
    f"{EN_ESPANOL}Hemos elegido estos datos:\n\n- El grado de su hijo",
)
SAID = (
    "You have the right to refuse to let us call it directory information. To use it, tell us in writing by May 30.",
    f"{UNDER}You may refuse. If you do not want us to give it out, write a letter by September 30, 2026.",
    f"{EN_ESPANOL}Usted puede negarse. Si no quiere que divulguemos datos, dígalo por escrito hasta el 3 de mayo.",
)


@pytest.mark.parametrize("chosen", CHOSEN)
@pytest.mark.parametrize("said", SAID)
def test_a_directory_notice_of_few_kinds_under_a_heading_is_known(chosen: str, said: str) -> None:
    [whole] = check(chosen, said).others
    [without] = check(chosen).others

    assert (whole.id, [item.id for item in whole.items if not item.present]) == ("directory", [])
    assert [item.id for item in without.items if item.present] == ["99.37(a)(1)"]


def test_the_day_on_which_a_family_gets_a_form_is_not_the_day_until_which_it_may_refuse() -> None:
    named = f"{UNDER}The board so designates:\n\nname;\n\ntelephone number."
    [given] = check(named, "Parents may refuse. They get the form within the first thirty days of school.").others

    assert [item.id for item in given.items if not item.present] == ["99.37(a)(3)"]


def test_a_mention_of_directory_information_claims_no_notice() -> None:
    assert check("Other than directory information, nothing is disclosed without consent.").others == ()


def test_a_ppra_notice_is_checked_where_it_is_given() -> None:
    ppra = (
        "The Protection of Pupil Rights Amendment (PPRA) gives parents rights about surveys. Written consent is asked "
        "before a student must take a survey about a protected area that the Department funds under PPRA. Under PPRA "
        "parents get notice and may opt out of marketing, of any protected survey, and of invasive physical exams. "
        "Under PPRA parents may inspect surveys and instructional material. The board has adopted policies on these "
        "rights under PPRA. Under PPRA no survey is planned this year. Complaints under PPRA may be filed with the "
        "Student Privacy Policy Office, U.S. Department of Education."
    )
    [whole] = check(ppra).others

    assert (whole.id, [item.id for item in whole.items if not item.present]) == ("ppra", [])


def test_one_name_of_the_pupil_rights_amendment_is_enough_where_its_rights_are_given() -> None:
    [given] = check(
        "Under the Protection of Pupil Rights Amendment parents consent before a student must take a survey about "
        "religious practices.",
        "They may opt their child out of marketing and of invasive physical exams.",
    ).others

    absent = [item.id for item in given.items if not item.present]
    assert (given.id, absent) == ("ppra", ["ppra-policies", "ppra-inspect", "ppra-dates", "ppra-complaint"])


def test_where_to_complain_is_customary_in_a_ppra_notice_and_not_demanded() -> None:
    [given] = check(
        "Under the PPRA parents give written consent before a student must take a survey about a protected area.",
        "Parents get notice and may opt out of marketing, protected surveys and invasive physical exams.",
        "Parents may inspect surveys and instructional materials. The board has adopted policies on this.",
        "No such survey is planned this year.",
    ).others

    assert ([item.id for item in given.items if not item.present], given.complete) == (["ppra-complaint"], True)


def test_a_mention_of_the_pupil_rights_amendment_claims_no_notice() -> None:
    assert check("We comply with FERPA and with the Protection of Pupil Rights Amendment.").others == ()


SPANISH = (
    "Según FERPA, los padres y los alumnos mayores de 18 años tienen derecho a revisar los expedientes educativos.",
    "Tienen derecho a solicitar que se enmiende un expediente que sea inexacto, engañoso o contrario a la privacidad.",
    "La escuela está abierta de lunes a viernes.",
    "El autobús llega a las ocho de la mañana.",
)
CONSENT = (
    "Parents have the right to consent before personally identifiable information from education records is disclosed."
)


def test_what_one_of_two_languages_lacks_is_found() -> None:
    messages = found(AMEND, CONSENT, "The school is open from Monday to Friday.", *SPANISH)

    assert "its Spanish does not state 99.7(a)(2)(iii)" in messages["NOT-035"]


def test_two_languages_that_state_the_same_and_a_few_foreign_words_are_in_order() -> None:
    assert "NOT-035" not in found(AMEND, "The school is open from Monday to Friday.", *SPANISH)
    assert "NOT-035" not in found(AMEND, CONSENT, "Si usted necesita ayuda en español, llame a la escuela.")


def check_for(home: tuple[str, ...], *sentences: str) -> list[str]:
    text = "\n\n".join((SEE, SEND, AMEND, *sentences))
    checked = check_document(read_document_bytes(text.encode(), "notice.txt"), date(2026, 11, 24), home)
    return [finding.message for finding in checked.findings if finding.code == "NOT-017"]


def test_a_home_language_that_neither_this_text_nor_another_notice_is_in_is_found() -> None:
    assert [message.split(" at home")[0] for message in check_for(("es", "vi"))] == [
        "Families of the district speak es",
        "Families of the district speak vi",
    ]
    assert len(check_for(("es-MX", "vi"), *SPANISH)) == 1
    assert check_for(()) == []


def test_a_pdf_without_tags_is_worth_a_word_and_a_tagged_one_is_not() -> None:
    lines = ["Under FERPA parents have the right to inspect and review", "the education records of their child."]
    plain = check_document(read_document_bytes(pdf([lines]), "notice.pdf"), date(2026, 11, 24))
    tagged = pdf([lines]).replace(b"/Type /Catalog", b"/Type /Catalog /StructTreeRoot << /Type /StructTreeRoot >>")
    other = check_document(read_document_bytes(tagged, "notice.pdf"), date(2026, 11, 24))

    assert "NOT-018" in [finding.code for finding in plain.findings]
    assert "NOT-018" not in [finding.code for finding in other.findings]


def test_a_sentence_goes_on_over_the_end_of_a_paragraph() -> None:
    page = b"<html><body><p>Under FERPA parents have the right to consent before the school discloses personally</p>"
    page += b"<p>identifiable information from education records.</p></body></html>"
    checked = check_document(read_document_bytes(page, "notice.html"), date(2026, 11, 24))

    assert "99.7(a)(2)(iii)" in [item.id for item in checked.items if item.present]
